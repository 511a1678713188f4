package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TextLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** A corpus from a stream. The stream is first copied to a file, because a corpus is read more than once. */
final class StreamCorpus {
    private StreamCorpus() {}

    static Corpus read(InputStream in, StreamFormat format, String name, Path copy, LongConsumer progress) {
        try {
            Files.copy(in, copy);
        } catch (IOException failed) {
            throw TextLines.failure(name, failed);
        }
        DocumentFile file = switch (format) {
            case JSONL -> new DocumentFile(name, () -> JsonLines.of(copy, name));
            case TEXT -> new DocumentFile(name, () -> DocumentReader.of(() -> text(name, copy)));
        };
        FirstPass pass = new FirstPass(false, progress);
        pass.readOnly(file);
        if (pass.size() == 0) {
            throw new GeothermException(name + ": contains no document; lines {\"_id\": …, \"text\": …} were expected");
        }
        return CheckedCorpus.of(name, pass, List.of());
    }

    private static Document text(String name, Path copy) {
        String text = TextFile.decode(name, TextFile.bytes(copy, name), false);
        if (text.isBlank()) {
            throw new GeothermException(name + ": contains no text");
        }
        return new Document(name, "", text, name);
    }
}

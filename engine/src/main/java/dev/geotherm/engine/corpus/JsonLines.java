package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Archive;
import dev.geotherm.batch.measure.TextLines;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A reader of the documents of a JSON Lines file, one object per line; blank lines are skipped. */
final class JsonLines implements DocumentReader {
    private final TextLines lines;

    private JsonLines(TextLines lines) {
        this.lines = lines;
    }

    /** Returns whether this is the name of a JSON Lines file or of its archive. */
    static boolean isName(String file) {
        String name = Archive.unpackedName(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    /** Returns a file of documents. */
    static DocumentFile file(Path file) {
        return new DocumentFile(file.toString(), () -> of(file, file.toString()));
    }

    /** Opens a file, with a name for messages. */
    static JsonLines of(Path file, String name) {
        TextLines lines = TextLines.of(name, TextLines.stream(file, name));
        try {
            TextFile.requireText(name, lines.start());
            return new JsonLines(lines);
        } catch (RuntimeException refused) {
            lines.close();
            throw refused;
        }
    }

    /** Opens and validates a corpus of one file. */
    static FirstPass check(Path file, FirstPass pass) {
        pass.readOnly(file(file));
        if (pass.size() == 0) {
            throw new GeothermException(file + ": contains no document; lines {\"_id\": …, \"text\": …} were expected");
        }
        return pass;
    }

    @Override
    public @Nullable Document next() {
        String line = lines.nextText();
        if (line == null) {
            return null;
        }
        try {
            return JsonDocument.parse(line).toDocument(lines.where());
        } catch (IllegalArgumentException wrong) {
            throw lines.failure(String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}

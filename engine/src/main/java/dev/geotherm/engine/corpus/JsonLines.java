package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TextLines;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A reader of the documents of a JSON Lines file, one object per line; blank lines are skipped. */
final class JsonLines implements DocumentReader {
    private static final Pattern NAME = Pattern.compile("\\.(?:jsonl|ndjson)(?:\\.gz)?$");

    private final TextLines lines;

    JsonLines(TextLines lines) {
        this.lines = lines;
    }

    static boolean isName(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return NAME.matcher(name).find();
    }

    /** Returns a file of documents. */
    static DocumentFile file(Path file) {
        return new DocumentFile(file.toString(), () -> new JsonLines(TextLines.open(file)));
    }

    /** Opens and checks a corpus of one file. */
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

package dev.geotherm.engine.corpus;

import dev.geotherm.batch.measure.TextLines;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a WordNet data file: the licence, in lines that begin with two spaces, and one line per synset. The line of a
 * synset begins with its byte offset in the file and has exactly one gloss, so damage is detected at the first line that is
 * misplaced or joined with another one.
 */
final class SynsetFile implements Closeable {
    private final TextLines lines;
    private final char part;
    private long position;

    /**
     * Creates a reader.
     *
     * @param lines the lines of the file, which the reader closes
     * @param part the part of speech: n, v, a or r
     */
    SynsetFile(TextLines lines, char part) {
        this.lines = lines;
        this.part = part;
    }

    /** Returns the next line that is a synset, or null after the last one. */
    @Nullable
    SynsetLine next() {
        for (String line = lines.next(); line != null; line = lines.next()) {
            requireNoControlCharacters(line);
            long start = position;
            position += lines.bytes() + 1;
            int bar = SynsetLine.separator(line, 0);
            boolean licence = line.startsWith("  ");
            if ((bar >= 0 && SynsetLine.separator(line, bar + 1) >= 0) || (licence && bar >= 0)) {
                throw lines.failure("is not a WordNet line: two lines are joined in it");
            }
            if (!licence) {
                return SynsetLine.of(lines, line, part, start);
            }
        }
        return null;
    }

    private void requireNoControlCharacters(String line) {
        // Faster than charAt; question marks replace other characters.
        for (byte each : line.getBytes(StandardCharsets.ISO_8859_1)) {
            if ((each & 0xff) < ' ') {
                throw lines.failure("is not a WordNet line: it has control characters");
            }
        }
    }

    /** Returns the place of the last line, as {@code file:line}. */
    String where() {
        return lines.where();
    }

    @Override
    public void close() {
        lines.close();
    }
}

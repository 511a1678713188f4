package dev.geotherm.engine.corpus;

import dev.geotherm.batch.measure.TextLines;
import java.io.Closeable;
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

    /** Returns the next synset, or null after the last one. */
    @Nullable
    Synset next() {
        for (String line = lines.next(); line != null; line = lines.next()) {
            long start = position;
            position += bytes(line) + 1;
            int bar = line.indexOf(Synset.GLOSS);
            boolean licence = line.startsWith("  ");
            if ((bar >= 0 && line.indexOf(Synset.GLOSS, bar + 1) >= 0) || (licence && bar >= 0)) {
                throw lines.failure("is not a WordNet line: two lines are joined in it");
            }
            if (!licence) {
                return Synset.parse(lines, line, part, start);
            }
        }
        return null;
    }

    /** Returns the number of bytes in UTF-8. */
    private int bytes(String line) {
        int bytes = 0;
        for (int i = 0; i < line.length(); i++) {
            char unit = line.charAt(i);
            if (unit < ' ') {
                throw lines.failure("is not a WordNet line: it has control characters");
            }
            bytes += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
        }
        return bytes;
    }

    @Override
    public void close() {
        lines.close();
    }
}

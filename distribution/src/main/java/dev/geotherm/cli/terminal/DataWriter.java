package dev.geotherm.cli.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A writer of data to stdout, which remembers why a write failed: {@link PrintWriter} itself keeps failures quiet, so that a
 * full disk would look like success.
 */
public final class DataWriter extends PrintWriter {
    private final Remembering target;

    /** Creates a writer that passes everything on when it is flushed. */
    public DataWriter(Writer out) {
        this(new Remembering(out));
    }

    private DataWriter(Remembering target) {
        super(target);
        this.target = target;
    }

    /**
     * Flushes, and returns why something could not be written, or null if everything was. A reader that has closed its pipe,
     * such as {@code head}, has what it wants: that is no failure.
     */
    public @Nullable IOException failure() {
        flush();
        IOException first = target.failure;
        boolean closedPipe = first != null
                && String.valueOf(first.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
        return closedPipe ? null : first;
    }

    /** Keeps the first failure. */
    private static final class Remembering extends FilterWriter {
        private @Nullable IOException failure;

        private Remembering(Writer out) {
            super(out);
        }

        private interface Step {
            void run() throws IOException;
        }

        private void remember(Step step) throws IOException {
            try {
                step.run();
            } catch (IOException failed) {
                failure = failure == null ? failed : failure;
                throw failed;
            }
        }

        @Override
        public void write(int character) throws IOException {
            remember(() -> super.write(character));
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            remember(() -> super.write(text, from, length));
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            remember(() -> super.write(text, from, length));
        }

        @Override
        public void flush() throws IOException {
            remember(super::flush);
        }
    }
}

package dev.geotherm.cli.terminal;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A writer of data to stdout, as UTF-8, which remembers why a write failed: {@link PrintWriter} itself keeps failures quiet, so
 * that a full disk would look like success.
 */
public final class DataWriter extends PrintWriter {
    private final Remembering target;

    /** Creates a writer that passes everything on when it is flushed. */
    public DataWriter(OutputStream out) {
        this(new Remembering(out));
    }

    private DataWriter(Remembering target) {
        super(new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8)));
        this.target = target;
    }

    /** Returns the stream that this writer writes to, for bytes. It does not remember failures; it throws them. */
    public OutputStream stream() {
        flush();
        return target.stream();
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
    private static final class Remembering extends FilterOutputStream {
        private @Nullable IOException failure;

        private Remembering(OutputStream out) {
            super(out);
        }

        private OutputStream stream() {
            return out;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException failed) {
                failure = failure == null ? failed : failure;
                throw failed;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException failed) {
                failure = failure == null ? failed : failure;
                throw failed;
            }
        }
    }
}

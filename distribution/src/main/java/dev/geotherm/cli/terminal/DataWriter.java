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
 * A UTF-8 writer of data to stdout that remembers why a write failed. {@link PrintWriter} itself swallows failures, which
 * would make a full disk look like success.
 */
public final class DataWriter extends PrintWriter {
    private final Remembering target;

    /** Creates a writer that passes data on when it is flushed. */
    public DataWriter(OutputStream out) {
        this(new Remembering(out));
    }

    private DataWriter(Remembering target) {
        super(new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8)));
        this.target = target;
    }

    /** Returns the underlying stream, for bytes. The stream throws failures instead of remembering them. */
    public OutputStream stream() {
        flush();
        return target.stream();
    }

    /**
     * Flushes, and returns the reason of a failed write, or null if everything was written. A pipe closed by its reader,
     * such as {@code head}, is not a failure.
     */
    public @Nullable IOException failure() {
        flush();
        IOException first = target.failure;
        boolean closedPipe = first != null
                && String.valueOf(first.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
        return closedPipe ? null : first;
    }

    /** A stream that remembers the first failure. */
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

package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.log.AppendLog;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogOptions;
import dev.geotherm.storage.log.LogReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A log of lines that is published as a text file. The first line creates it.
 *
 * <p>It remembers a failure until {@link #clearFailure}, so that the operation that caused it can report it although other
 * threads write the lines. A failed append changes nothing, and a later one can succeed.
 *
 * <p>For use by one thread at a time, except for {@link #throwIfFailed}.
 */
final class LineLog implements Closeable {
    private static final LogOptions OPTIONS = new LogOptions(1 << 26, 0); // forced too rarely for preallocation

    private final Path folder;
    private final LogHeader header;
    private final String content;
    private @Nullable AppendLog log;
    private volatile @Nullable IOException failure;

    /** Creates a log in a folder of its own; the content is named in messages. */
    LineLog(Path folder, String magic, String content) {
        this.folder = folder;
        this.header = new LogHeader(magic, 1, "");
        this.content = content;
    }

    /**
     * Appends a line.
     *
     * @throws GeothermException if it cannot be written
     */
    void append(byte[] line) {
        try {
            AppendLog opened = log;
            if (opened == null) {
                opened = AppendLog.open(folder, header, OPTIONS);
                log = opened;
            }
            opened.append(ByteBuffer.wrap(line));
        } catch (IOException failed) {
            failure = failed;
            throw cannotWrite(failed);
        }
    }

    /**
     * Forces all lines to disk.
     *
     * @throws GeothermException if that fails
     */
    void force() {
        try {
            if (log != null) {
                log.commit();
            }
        } catch (IOException failed) {
            failure = failed;
            throw cannotWrite(failed);
        }
    }

    /** Throws the last failure, if there was one since {@link #clearFailure}. */
    void throwIfFailed() {
        IOException failed = failure;
        if (failed != null) {
            throw cannotWrite(failed);
        }
    }

    void clearFailure() {
        failure = null;
    }

    private GeothermException cannotWrite(IOException failed) {
        return new GeothermException("cannot write " + content + ": " + FailureReason.of(failed), failed);
    }

    /** Replaces a file by all lines. */
    void writeTo(Path file) throws IOException {
        try (AtomicFile written = AtomicFile.open(file)) {
            OutputStream out = written.out();
            if (log != null) {
                try (LogReader reader = log.reader()) {
                    while (reader.next()) {
                        ByteBuffer line = reader.payload();
                        byte[] bytes = new byte[line.remaining()];
                        line.get(bytes);
                        out.write(bytes);
                        out.write('\n');
                    }
                }
            }
            written.commit();
        }
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }
}

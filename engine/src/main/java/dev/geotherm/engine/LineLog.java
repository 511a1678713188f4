package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.DurableFiles;
import dev.geotherm.storage.FailureReason;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An append-only text file of whole lines, with an end that is committed elsewhere. The first append creates the file, or
 * truncates it at the committed end.
 *
 * <p>A failure is remembered until {@link #clearFailure}, so the responsible operation can report it even if other threads
 * write the lines. A failed append changes nothing, and a later one can succeed. Interrupts have no effect.
 *
 * <p>Not thread-safe, except for {@link #throwIfFailed}.
 */
final class LineLog implements Closeable {
    private Path file;
    private final String content;
    private @Nullable RandomAccessFile out; // not a channel, which an interrupt would close
    private long end;
    private boolean folderForced;
    private volatile @Nullable IOException failure;

    /**
     * Creates a log.
     *
     * @param end the number of committed bytes
     * @param content the name of the content in messages
     */
    LineLog(Path file, long end, String content) {
        this.file = file;
        this.end = end;
        this.content = content;
    }

    /**
     * Appends a line, which survives the end of the process.
     *
     * @param line the bytes of the line, without a line break
     * @throws GeothermException if the line cannot be written
     */
    void append(byte[] line) {
        byte[] bytes = new byte[line.length + 1];
        System.arraycopy(line, 0, bytes, 0, line.length);
        bytes[line.length] = '\n';
        try {
            RandomAccessFile opened = opened();
            if (opened.length() > end) {
                opened.setLength(end); // removes the rest of a failed append
            }
            opened.seek(end);
            opened.write(bytes);
            end += bytes.length;
        } catch (IOException failed) {
            failure = failed;
            throw cannotWrite(failed);
        }
    }

    private RandomAccessFile opened() throws IOException {
        RandomAccessFile opened = out;
        if (opened == null) {
            requireCommitted();
            Files.createDirectories(DurableFiles.folder(file));
            opened = new RandomAccessFile(file.toFile(), "rw");
            out = opened;
        }
        return opened;
    }

    /**
     * Checks that the file contains all committed bytes.
     *
     * @throws IOException if the file is shorter
     */
    void requireCommitted() throws IOException {
        if (end == 0) {
            return;
        }
        long length = Files.exists(file) ? Files.size(file) : 0;
        if (length < end) {
            throw new IOException(file + " ends at byte " + length + ", but " + end + " bytes were committed");
        }
    }

    /** Returns the number of bytes of all lines. */
    long end() {
        return end;
    }

    /**
     * Forces all lines to disk.
     *
     * @throws GeothermException if the lines cannot be forced
     */
    void force() {
        RandomAccessFile opened = out;
        if (opened == null) {
            return;
        }
        try {
            opened.getFD().sync();
            if (!folderForced) {
                DurableFiles.forceFolder(DurableFiles.folder(file));
                folderForced = true;
            }
        } catch (IOException failed) {
            failure = failed;
            throw cannotWrite(failed);
        }
    }

    /** Throws the last failure since {@link #clearFailure}, if any. */
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

    /** A reader of one line. */
    @FunctionalInterface
    interface LineReader {
        /** Reads a line, with its one-based number. */
        void read(String line, long number) throws IOException;
    }

    /** Passes the lines to a reader, in order. */
    void read(LineReader reader) throws IOException {
        if (end == 0) {
            return;
        }
        requireCommitted();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new BoundedStream(new FileInputStream(file.toFile()), end), StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.read(line, ++number);
            }
        }
    }

    /** Replaces a file with all lines. */
    void writeTo(Path target) throws IOException {
        try (AtomicFile written = AtomicFile.open(target)) {
            if (end > 0) {
                requireCommitted();
                try (BoundedStream all = new BoundedStream(new FileInputStream(file.toFile()), end)) {
                    all.transferTo(written.out());
                }
            }
            written.commit();
        }
    }

    /** Closes the file and records its move; the next append opens it again. */
    void moveTo(Path target) throws IOException {
        close();
        file = target;
    }

    Path file() {
        return file;
    }

    /** Closes the file; the next append opens it again. */
    @Override
    public void close() throws IOException {
        RandomAccessFile opened = out;
        out = null;
        if (opened != null) {
            opened.close();
        }
    }
}

package dev.geotherm.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append-only text file of whole lines, with one older file, {@code NAME.1}.
 *
 * <p>When the file would exceed half of the permitted size, it replaces the older one. The older one is also deleted
 * when all its lines have expired. An incomplete line, left by a crash or a full disk, is removed before the next line
 * is written, so a later append can succeed.
 *
 * <p>An appended line survives the end of the process, but not always a power failure. Interrupts do not affect the
 * file. Not thread-safe; use it from one process at a time.
 */
public final class LineFile implements Closeable {
    private static final int BLOCK = 1 << 13;

    private final Path file;
    private final Path older;
    private final Retention retention;
    private @Nullable RandomAccessFile out;
    private long size;

    /**
     * Opens a file, or creates it.
     *
     * @param retention the bounds for both files together
     * @throws StorageException if it cannot be written
     */
    public LineFile(Path file, Retention retention) throws StorageException {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.retention = retention;
        try {
            open();
        } catch (IOException refused) {
            throw new StorageException("cannot write " + file, refused);
        }
    }

    private RandomAccessFile open() throws IOException {
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        try {
            size = lastLineEnd(opened);
        } catch (IOException | RuntimeException | Error failed) {
            opened.close();
            throw failed;
        }
        out = opened;
        return opened;
    }

    /** Returns the offset after the last line break. */
    private static long lastLineEnd(RandomAccessFile file) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long end = file.length(); end > 0; ) {
            int length = (int) Math.min(BLOCK, end);
            file.seek(end - length);
            file.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return 0;
    }

    /**
     * Appends a line, and deletes what has expired.
     *
     * @param line the bytes of the line, without a line break
     * @param now the current time, for the age of the older file
     * @throws StorageException if the line cannot be written; an incomplete line is removed then or by the next append
     */
    public void append(byte[] line, Instant now) throws StorageException {
        byte[] bytes = new byte[line.length + 1];
        System.arraycopy(line, 0, bytes, 0, line.length);
        bytes[line.length] = '\n';
        try {
            RandomAccessFile current = out == null ? open() : out;
            if (size > 0 && size + bytes.length > retention.maxBytes() / 2) {
                current = replaceOlder(current);
            }
            if (current.length() > size) {
                current.setLength(size);
            }
            current.seek(size);
            current.write(bytes);
            size += bytes.length;
            retention.apply(List.of(older, file), now);
        } catch (IOException failed) {
            throw new StorageException("cannot write " + file, failed);
        }
    }

    private RandomAccessFile replaceOlder(RandomAccessFile full) throws IOException {
        full.setLength(size);
        out = null;
        full.close();
        DurableFiles.move(file, older);
        return open();
    }

    /** Closes the file. A second call has no effect. */
    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }
}

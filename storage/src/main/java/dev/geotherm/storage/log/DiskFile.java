package dev.geotherm.storage.log;

import dev.geotherm.storage.FileSync;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A writable file that interrupts do not affect.
 *
 * <p>Tests extend it to simulate a full disk. Not thread-safe, except that {@link #force} may run concurrently with a
 * write.
 */
class DiskFile implements Closeable {
    private final RandomAccessFile file; // not a channel, which an interrupt closes
    private final FileSync sync;

    DiskFile(Path path) throws IOException {
        this(path, new FileSync(path));
    }

    DiskFile(Path path, FileSync sync) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.sync = sync;
    }

    long size() throws IOException {
        return file.length();
    }

    /** Writes the first {@code length} bytes of an array at an offset. */
    void write(long offset, byte[] bytes, int length) throws IOException {
        file.seek(offset);
        file.write(bytes, 0, length);
    }

    void truncate(long size) throws IOException {
        file.setLength(size);
    }

    /** Forces the content to disk, with only the metadata that is needed to read it, such as a new size. */
    void force() throws IOException {
        sync.force(false);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            sync.close();
        }
    }
}

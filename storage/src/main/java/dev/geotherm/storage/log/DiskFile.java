package dev.geotherm.storage.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written by threads that may be interrupted: not through a channel, which an interrupt closes.
 *
 * <p>Tests put a full disk in its place. Not safe for use by several threads, but {@link #force} may run beside the others.
 */
class DiskFile implements Closeable {
    private final Path path;
    private final RandomAccessFile file;
    private FileChannel channel;

    DiskFile(Path path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.channel = FileChannel.open(path, StandardOpenOption.WRITE);
    }

    long size() throws IOException {
        return file.length();
    }

    /** Writes the first bytes of an array at an offset. */
    void write(long offset, byte[] bytes, int length) throws IOException {
        file.seek(offset);
        file.write(bytes, 0, length);
    }

    void truncate(long size) throws IOException {
        file.setLength(size);
    }

    /** Returns when everything that was written is on disk. Cheaper where the size has not changed: of the rest, only time. */
    void force() throws IOException {
        Uninterruptible.run(() -> {
            if (!channel.isOpen()) {
                channel = FileChannel.open(path, StandardOpenOption.WRITE);
            }
            channel.force(false);
        });
    }

    @Override
    public void close() throws IOException {
        try (file) {
            channel.close();
        }
    }
}

package dev.geotherm.storage.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file for writing that stays open when a thread is interrupted. An interrupt closes a {@link FileChannel}, so writes do
 * not use one, and {@link #force} opens another.
 *
 * <p>Tests extend it to simulate a full disk. Not safe for use by several threads, except that {@link #force} may run
 * concurrently with a write.
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

    /** Writes the first {@code length} bytes of an array at an offset. */
    void write(long offset, byte[] bytes, int length) throws IOException {
        file.seek(offset);
        file.write(bytes, 0, length);
    }

    void truncate(long size) throws IOException {
        file.setLength(size);
    }

    /** Forces the content to disk; of the metadata only what is needed to read it, such as a new size. */
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

package dev.geotherm.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A handle that forces one file to disk, regardless of who writes it. Interrupts do not affect it.
 *
 * <p>Not thread-safe.
 */
public final class FileSync implements Closeable {
    private final Path file;
    private final Opener opener;
    private FileChannel channel;

    /** Opens the channel of a handle. Tests replace it to record what is forced. */
    @FunctionalInterface
    public interface Opener {
        /** Opens an existing file. */
        FileChannel open(Path file) throws IOException;
    }

    /** Opens a handle of a writable file. */
    public FileSync(Path file) throws IOException {
        this(file, path -> FileChannel.open(path, StandardOpenOption.WRITE));
    }

    /** Opens a handle with a custom channel. */
    public FileSync(Path file, Opener opener) throws IOException {
        this.file = file;
        this.opener = opener;
        this.channel = opener.open(file);
    }

    /**
     * Forces the content to disk.
     *
     * @param metadata whether to force all metadata, instead of only what is needed to read the file, such as its size
     */
    public void force(boolean metadata) throws IOException {
        Uninterruptible.run(() -> {
            if (!channel.isOpen()) {
                channel = opener.open(file);
            }
            channel.force(metadata);
        });
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

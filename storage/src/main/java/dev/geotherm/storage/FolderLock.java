package dev.geotherm.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock of a folder, among the processes of this machine and within this JVM. It is released on
 * {@link #close} or when the process ends, even by {@code kill -9}.
 *
 * <p>The lock is held on a file in the folder. The holder writes its process id and the time into that file, for the
 * error messages of other processes. The file stays in the folder unless it is deleted by {@link #deleteAndClose}.
 *
 * <p>Thread-safe. Interrupts do not affect it.
 */
public final class FolderLock implements Closeable {

    /**
     * The holders in this JVM. A file that is locked here must not be opened again: a process loses its POSIX lock on a file
     * when it closes any channel to that file.
     */
    private static final ConcurrentMap<Path, LockHolder> HELD = new ConcurrentHashMap<>();

    private static final String DELETED = "deleted\n";
    private static final int MAX_LINE = 64;
    private static final int ATTEMPTS = 100;

    private final Path file;
    private final FileChannel channel;
    private boolean closed;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Acquires the lock of a folder, without waiting for it.
     *
     * @param folder an existing folder
     * @param fileName the name of the lock file, which is created if it is missing; must be the same for all users of the
     *     folder
     * @throws FolderLockedException if another process, or other code in this one, holds the lock
     * @throws StorageException if the file cannot be opened
     */
    public static FolderLock acquire(Path folder, String fileName) throws StorageException {
        try {
            Path file = folder.toRealPath().resolve(fileName);
            LockHolder self = LockHolder.now();
            LockHolder other = HELD.putIfAbsent(file, self);
            if (other != null) {
                throw new FolderLockedException(folder, other);
            }
            FolderLock[] acquired = new FolderLock[1];
            try {
                Uninterruptible.run(() -> acquired[0] = new FolderLock(file, lock(folder, file, self)));
                return acquired[0];
            } catch (IOException | RuntimeException | Error refused) {
                HELD.remove(file);
                throw refused;
            }
        } catch (StorageException refused) {
            throw refused;
        } catch (IOException refused) {
            throw new StorageException("cannot lock the folder " + folder, refused);
        }
    }

    private static FileChannel lock(Path folder, Path file, LockHolder self) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Object before = key(file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean locked = false;
            try {
                if (channel.tryLock() == null) {
                    throw new FolderLockedException(folder, LockHolder.parse(read(channel)));
                }
                // The previous holder, or a user, may have deleted the file after it was opened here.
                boolean current = before == null || before.equals(key(file));
                if (current && !read(channel).equals(DELETED)) {
                    write(channel, self.line());
                    locked = true;
                    return channel;
                }
            } catch (OverlappingFileLockException sameFileByAnotherPath) {
                throw new FolderLockedException(folder, null);
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
        }
        throw new IOException("its lock file " + file + " is deleted again and again");
    }

    /** Returns the identity of a file (its inode), or null if it does not exist. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.requireNonNullElse(attributes.fileKey(), file);
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    private static String read(FileChannel channel) {
        ByteBuffer line = ByteBuffer.allocate(MAX_LINE);
        try {
            channel.read(line, 0);
        } catch (IOException unreadable) { // on systems where a lock excludes readers
            return "";
        }
        return StandardCharsets.US_ASCII.decode(line.flip()).toString();
    }

    private static void write(FileChannel channel, String line) throws IOException {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException fullDisk) { // the lock is valid without the holder's name
            if (!channel.isOpen()) {
                throw fullDisk;
            }
        }
    }

    /**
     * Marks the file as deleted for processes that have already opened it. Has no effect if an interrupt has closed the
     * channel.
     */
    private void markDeleted() throws IOException {
        if (channel.isOpen()) {
            write(channel, DELETED);
        }
    }

    /** Deletes the lock file and releases the lock. A second call has no effect. */
    public synchronized void deleteAndClose() throws IOException {
        if (!closed) {
            try (this) {
                Files.deleteIfExists(file);
                Uninterruptible.run(this::markDeleted);
            }
        }
    }

    /** Releases the lock. A second call has no effect. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                channel.close();
            } finally {
                HELD.remove(file);
            }
        }
    }
}

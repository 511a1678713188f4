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
 * An exclusive lock of a folder, among all processes of this machine and within the JVM. The system releases it when the
 * process ends, however it ends.
 *
 * <p>What is locked is a file in the folder, into which the holder writes its process id and the time, for the message to
 * others. The file stays in the folder unless {@link #deleteAndClose} removes it.
 *
 * <p>Safe for use by several threads.
 */
public final class FolderLock implements Closeable {

    // A process loses its POSIX lock of a file when it closes any channel to that file. So a file that is locked in
    // this JVM
    // is not opened again, and the holders are known here.
    private static final ConcurrentMap<Path, LockHolder> HELD = new ConcurrentHashMap<>();
    private static final String DELETED = "deleted\n";
    private static final int MAX_LINE = 64;
    private static final int ATTEMPTS = 100;

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Acquires the lock of a folder, or fails at once.
     *
     * @param folder one that exists
     * @param fileName of the file in it that is locked, and created if it is missing; all users of the folder have to
     *     name the same one
     * @throws FolderLockedException if the lock is held
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
            FileChannel channel = null;
            try {
                channel = lock(folder, file);
                write(channel, self.line());
                return new FolderLock(file, channel);
            } catch (IOException | RuntimeException | Error refused) {
                HELD.remove(file);
                if (channel != null) {
                    channel.close();
                }
                throw refused;
            }
        } catch (StorageException refused) {
            throw refused;
        } catch (IOException refused) {
            throw new StorageException("cannot lock the folder " + folder, refused);
        }
    }

    private static FileChannel lock(Path folder, Path file) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Object before = key(file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean locked = false;
            try {
                if (channel.tryLock() == null) {
                    throw new FolderLockedException(folder, LockHolder.parse(read(channel)));
                }
                // Its last holder may have deleted the file after it was opened here, or a user at any time.
                boolean current = before == null || before.equals(key(file));
                locked = current && !read(channel).equals(DELETED);
                if (locked) {
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

    /** Returns what identifies a file whatever its name, or null if it does not exist. */
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
        } catch (IOException unreadable) { // where a lock also keeps readers out
            return "";
        }
        return StandardCharsets.US_ASCII.decode(line.flip()).toString();
    }

    private static void write(FileChannel channel, String line) throws IOException {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException fullDisk) { // the lock holds without its holder's name
            if (!channel.isOpen()) {
                throw fullDisk;
            }
        }
    }

    /** Releases the lock and deletes its file. The next holder creates it again. */
    public synchronized void deleteAndClose() throws IOException {
        if (channel.isOpen()) {
            try (this) {
                Files.deleteIfExists(file);
                write(channel, DELETED); // for those who have opened it already
            }
        }
    }

    /** Releases the lock. The second call has no effect. */
    @Override
    public synchronized void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD.remove(file);
            }
        }
    }
}

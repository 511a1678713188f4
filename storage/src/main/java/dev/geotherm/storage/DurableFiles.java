package dev.geotherm.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Durable operations on whole files: move, publish, delete, create folders. Their effect is on disk when they return.
 *
 * <p>Content survives a power failure once the file has been forced to disk; a rename or a deletion, once the folder has.
 * These methods force both, in the order that leaves no gap.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Forces a finished file to disk and moves it over another atomically. Both paths must be in the same file system.
     */
    public static void move(Path from, Path to) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder(to));
    }

    /**
     * Publishes a set of finished files: moves them from one folder to another, in the given order. Each step is on disk
     * before the next one starts.
     *
     * <p>The last file is the seal: its old version is deleted first, and its new version is moved last. So if it exists, all
     * files belong to the same set, even if the process was killed while it published.
     *
     * @param names of all files that a set can contain. A file that is missing in {@code from} is deleted from {@code to}
     */
    public static void publish(Path from, Path to, List<String> names) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        delete(to.resolve(names.get(names.size() - 1)));
        for (String name : names) {
            if (Files.exists(from.resolve(name))) {
                move(from.resolve(name), to.resolve(name));
            } else {
                delete(to.resolve(name));
            }
        }
    }

    /** Creates a folder and its missing parents. */
    public static void createFolders(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        Path above = folder(absolute);
        createFolders(above);
        Files.createDirectories(absolute); // not createDirectory: another thread may have created it
        forceFolder(above);
    }

    /** Deletes a file or an empty folder, if it exists. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceFolder(folder(file));
        }
    }

    /**
     * Forces the names in a folder to disk. Has no effect on systems that cannot open folders, such as Windows.
     */
    public static void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException refused) {
            if (Files.isDirectory(folder)) {
                return;
            }
            throw refused;
        }
        try (channel) {
            channel.force(true);
        }
    }

    private static Path folder(Path file) {
        return requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }
}

package dev.geotherm.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Durable operations on whole files: move, publish, delete, create folders. Their effect is on disk when they return.
 *
 * <p>Content survives a power failure once the file has been forced to disk; a rename or deletion does once the folder
 * has been forced. These methods force both, in the safe order. Interrupts do not affect them.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Forces a finished file to disk and moves it over another atomically. Both paths must be in the same file system.
     */
    public static void move(Path from, Path to) throws IOException {
        Disk.SYSTEM.forceAndMove(from, to);
    }

    /**
     * Publishes a set of finished files: moves them from one folder to another, in the given order. Each step is on disk
     * before the next one starts.
     *
     * <p>The last file completes the set: its old version is deleted first, and its new version is moved last. If it
     * exists, all files therefore belong to the same set, even if the process was killed during a publication.
     *
     * @param names the names of all files that a set can contain. A file that is missing in {@code from} is deleted
     *     from {@code to}
     */
    public static void publish(Path from, Path to, List<String> names) throws IOException {
        publish(from, to, names, Disk.SYSTEM);
    }

    static void publish(Path from, Path to, List<String> names, Disk disk) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        delete(to.resolve(names.get(names.size() - 1)), disk);
        for (String name : names) {
            if (Files.exists(from.resolve(name))) {
                disk.forceAndMove(from.resolve(name), to.resolve(name));
            } else {
                delete(to.resolve(name), disk);
            }
        }
    }

    /** Creates a folder and its missing parents. */
    public static void createFolders(Path folder) throws IOException {
        createFolders(folder, Disk.SYSTEM);
    }

    static void createFolders(Path folder, Disk disk) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        Path above = folder(absolute);
        createFolders(above, disk);
        Files.createDirectories(absolute); // not createDirectory: another thread may have created it
        disk.forceFolder(above);
    }

    /** Deletes a file or an empty folder, if it exists. */
    public static void delete(Path file) throws IOException {
        delete(file, Disk.SYSTEM);
    }

    private static void delete(Path file, Disk disk) throws IOException {
        if (Files.deleteIfExists(file)) {
            disk.forceFolder(folder(file));
        }
    }

    /**
     * Forces the directory entries of a folder to disk. Has no effect on systems that cannot open folders, such as
     * Windows.
     */
    public static void forceFolder(Path folder) throws IOException {
        Disk.SYSTEM.forceFolder(folder);
    }

    /**
     * Deletes a file, or a folder with everything in it, if it exists. Does not follow symbolic links. Not durable:
     * forces nothing to disk.
     */
    public static void deleteTree(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    /** Returns the folder of a file. */
    public static Path folder(Path file) {
        return requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }
}

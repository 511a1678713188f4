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
 * Operations on whole files that are on disk when they return: move, publish, delete.
 *
 * <p>A rename or a deletion survives a loss of power only once its folder has been forced to disk, and the content of a
 * file only once the file has. These methods do both, in the order that leaves no gap.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Moves a finished file over another in one step: a reader sees the old content or the new. Both have to be in the
     * same file system.
     */
    public static void move(Path from, Path to) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder(to));
    }

    /**
     * Publishes a set of prepared files: moves them from one folder to another in the given order, and deletes there what
     * has no successor. Each step is on disk before the next begins.
     *
     * <p>The last name is the seal. It is deleted first and moved last, so that where it exists, all the others belong
     * to it, whenever the process was killed.
     *
     * @param names of every file that such a set can have; those that were not prepared are deleted from the folder
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

    /** Creates a folder and those above it, as far as they are missing. */
    public static void createFolders(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        Path above = folder(absolute);
        createFolders(above);
        Files.createDirectories(absolute); // not createDirectory: another may be faster
        forceFolder(above);
    }

    /** Deletes a file, or a folder that is empty, if it exists. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceFolder(folder(file));
        }
    }

    /**
     * Waits until the names in a folder are on disk. Without effect on systems that do not let a folder be opened, such
     * as Windows.
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

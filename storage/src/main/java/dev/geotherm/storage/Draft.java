package dev.geotherm.cli.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to its place.
 *
 * @param path where it is written
 * @param place where it goes
 * @param permissions of the file that it replaces; null if there is none, or no POSIX file system
 */
record Draft(Path path, Path place, @Nullable Set<PosixFilePermission> permissions) {

    /** Names a draft beside its place, by chance: two processes may write one file at a time. */
    static Draft of(Path place) throws IOException {
        PosixFileAttributeView posix =
                Files.exists(place) ? Files.getFileAttributeView(place, PosixFileAttributeView.class) : null;
        return new Draft(
                place.resolveSibling(".geotherm-" + UUID.randomUUID() + ".partial"),
                place,
                posix == null ? null : posix.readAttributes().permissions());
    }

    /** Creates the file, never more open than the one that it replaces; a signal that ends the process removes it. */
    FileChannel create() throws IOException {
        path.toFile().deleteOnExit();
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return permissions == null
                ? FileChannel.open(path, options)
                : FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(permissions));
    }

    /** Puts the file in its place. */
    void move() throws IOException {
        if (permissions != null) {
            Files.setPosixFilePermissions(path, permissions); // those too that the umask took away
        }
        Files.move(path, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // A rename survives a power cut only once its folder is on disk.
        Path folder = requireNonNull(place.getParent(), "a file is in a folder");
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Removes the file unless it is in its place. */
    void discard() throws IOException {
        Files.deleteIfExists(path);
    }
}

package dev.geotherm.storage;

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
import org.jspecify.annotations.Nullable;

/**
 * The file in which new content is written before it replaces another.
 *
 * @param path where it is written
 * @param place where it is moved
 * @param permissions of the file that it replaces; null if there is none, or no POSIX file system
 */
record Draft(Path path, Path place, @Nullable Set<PosixFilePermission> permissions) {

    static Draft of(Path path, Path place) throws IOException {
        PosixFileAttributeView posix =
                Files.exists(place) ? Files.getFileAttributeView(place, PosixFileAttributeView.class) : null;
        return new Draft(
                path, place, posix == null ? null : posix.readAttributes().permissions());
    }

    /** Creates the file, never more open than the one that it replaces; a signal that ends the process deletes it. */
    FileChannel create() throws IOException {
        path.toFile().deleteOnExit();
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return permissions == null
                ? FileChannel.open(path, options)
                : FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(permissions));
    }

    /** Moves the file to its place. */
    void move() throws IOException {
        if (permissions != null) {
            Files.setPosixFilePermissions(path, permissions); // those too that the umask took away
        }
        Files.move(path, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

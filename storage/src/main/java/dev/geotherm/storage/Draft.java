package dev.geotherm.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The draft of a file.
 *
 * @param path the path of the draft
 * @param place the path to which it is moved
 * @param permissions the permissions of the file that it replaces; null if that file does not exist or the file system
 *     is not POSIX
 */
record Draft(Path path, Path place, @Nullable Set<PosixFilePermission> permissions) {

    static Draft of(Path path, Path place) throws IOException {
        PosixFileAttributeView posix =
                Files.exists(place) ? Files.getFileAttributeView(place, PosixFileAttributeView.class) : null;
        return new Draft(
                path, place, posix == null ? null : posix.readAttributes().permissions());
    }

    /**
     * Creates the draft with at most the permissions of the file that it replaces, and write permission for the owner.
     */
    void create() throws IOException {
        if (permissions == null) {
            Files.createFile(path);
            return;
        }
        Set<PosixFilePermission> writable = EnumSet.of(PosixFilePermission.OWNER_WRITE);
        writable.addAll(permissions);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(writable));
    }

    /** Moves the draft over the file that it replaces. */
    void move(Disk disk) throws IOException {
        if (permissions != null) {
            Files.setPosixFilePermissions(path, permissions); // including those that the umask removed
        }
        disk.move(path, place);
    }
}

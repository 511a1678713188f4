package dev.geotherm.profiles.runtime;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.TemporaryFolder;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.FolderLock;
import dev.geotherm.storage.FolderLockedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The work folder of a platform; each component has its own folder in it. One that a user named is locked against other
 * platforms, in this process and in others. A temporary one has no other user, and is deleted when it is closed.
 *
 * <p>Its platform opens and closes it once.
 */
final class PlatformFolder {
    /** Different from the lock files of other users of a folder, such as an engine's knowledge. */
    private static final String LOCK = ".geotherm-platform";

    private final Path path;
    private final @Nullable TemporaryFolder temporary;
    private @Nullable FolderLock lock;

    private PlatformFolder(Path path, @Nullable TemporaryFolder temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    static PlatformFolder at(Path path) {
        return new PlatformFolder(path.toAbsolutePath(), null);
    }

    static PlatformFolder temporary() {
        TemporaryFolder folder = TemporaryFolder.create();
        return new PlatformFolder(folder.path(), folder);
    }

    /** Returns the absolute path. */
    Path path() {
        return path;
    }

    /**
     * Creates the folder if it is missing, and locks it.
     *
     * @throws GeothermException if another platform uses the folder, or if it cannot be created or locked
     */
    void open() {
        try {
            Files.createDirectories(path);
        } catch (IOException failed) {
            throw new GeothermException("cannot create the work folder " + path + ": " + failed, failed);
        }
        if (temporary != null) {
            return;
        }
        try {
            lock = FolderLock.acquire(path, LOCK);
        } catch (FolderLockedException taken) {
            throw new GeothermException(
                    "another platform"
                            + taken.holder()
                                    .map(holder -> ", in " + holder + ",")
                                    .orElse("")
                            + " uses the work folder " + path + "; close it, or use another folder",
                    taken);
        } catch (IOException failed) {
            throw new GeothermException(
                    "cannot lock the work folder " + path + ": " + FailureReason.of(failed) + "; use another folder",
                    failed);
        }
    }

    /** Releases the folder, or deletes it if it is temporary. Has no effect on a folder that could not be opened. */
    void close() {
        if (temporary != null) {
            temporary.close();
        }
        if (lock != null) {
            try {
                lock.deleteAndClose();
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot delete the lock of the work folder " + path, failed);
            }
        }
    }
}

package dev.geotherm.storage;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when a folder is locked by another process, or by other code in this one. */
public final class FolderLockedException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable LockHolder holder;

    FolderLockedException(Path folder, @Nullable LockHolder holder) {
        super(
                "cannot lock the folder " + folder,
                (holder == null ? "another process" : holder) + " uses it; wait for its end, or use another folder",
                null);
        this.holder = holder;
    }

    /** Returns the process that holds the lock, if known. */
    public Optional<LockHolder> holder() {
        return Optional.ofNullable(holder);
    }
}

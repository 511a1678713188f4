package dev.geotherm.storage;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder is locked by another process, or by another user in this one. */
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

    /** Returns who holds the lock, where that is known. */
    public Optional<LockHolder> holder() {
        return Optional.ofNullable(holder);
    }
}

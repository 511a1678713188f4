package dev.geotherm.storage.log;

import static java.util.Objects.requireNonNull;

import dev.geotherm.storage.StorageException;
import java.nio.file.Path;

/** A log has bytes, or lacks some, for which no crash is the reason. Nothing in it was changed. */
public final class DamagedLogException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    DamagedLogException(Path file, long offset, String what) {
        super(
                "the log file " + file + " is damaged at byte " + offset,
                what + "; restore it from a copy, or delete the folder " + file.getParent() + " to start over",
                null);
        this.file = file;
        this.offset = offset;
    }

    /** Returns the file that is damaged or missing. */
    public Path file() {
        return requireNonNull(file, "not serialized");
    }

    /** Returns the offset in the file. */
    public long offset() {
        return offset;
    }
}

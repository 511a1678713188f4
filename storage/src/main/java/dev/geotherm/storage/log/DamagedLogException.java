package dev.geotherm.storage.log;

import static java.util.Objects.requireNonNull;

import dev.geotherm.storage.StorageException;
import java.nio.file.Path;

/** Thrown when a log has damage that a crash cannot cause. Nothing in the log was changed. */
public final class DamagedLogException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    DamagedLogException(Path file, long offset, String what) {
        this(file, offset, "is damaged at byte " + offset, what);
    }

    private DamagedLogException(Path file, long offset, String state, String what) {
        super(
                "the log file " + file + " " + state,
                what + "; restore it from a copy, or delete the folder " + file.getParent() + " to start over",
                null);
        this.file = file;
        this.offset = offset;
    }

    /** Creates the exception for a file that does not exist. */
    static DamagedLogException missing(Path file, String why) {
        return new DamagedLogException(file, 0, "is missing", why);
    }

    /** Returns the damaged or missing file. */
    public Path file() {
        return requireNonNull(file, "not serialized");
    }

    /** Returns the offset of the damage in the file. */
    public long offset() {
        return offset;
    }
}

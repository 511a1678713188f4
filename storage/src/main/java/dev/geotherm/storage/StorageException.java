package dev.geotherm.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failed operation on a file or folder; the message names it, the reason, and what to do where that is known. */
public class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Creates an exception with the message {@code FAILURE: REASON}.
     *
     * @param failure what failed, with the name of the file: {@code cannot write state.json}
     * @param reason why, and what to do where that is known
     */
    public StorageException(String failure, String reason, @Nullable Throwable cause) {
        super(failure + ": " + reason, cause);
        this.reason = reason;
    }

    /** Creates an exception whose reason is that of another failure. */
    public StorageException(String failure, IOException cause) {
        this(failure, FailureReason.of(cause), cause);
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage(), "a message is given");
    }

    /** Returns the part of the message that does not name the operation. */
    public String reason() {
        return reason;
    }
}

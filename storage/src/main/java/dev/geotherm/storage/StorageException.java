package dev.geotherm.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when an operation on a file or folder fails. The message names it, the reason and, if known, what to do. */
public class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Creates an exception with the message {@code FAILURE: REASON}.
     *
     * @param failure the operation and the file: {@code cannot write state.json}
     * @param reason the reason and, if known, what to do
     */
    public StorageException(String failure, String reason, @Nullable Throwable cause) {
        super(failure + ": " + reason, cause);
        this.reason = reason;
    }

    /** Creates an exception with the {@link FailureReason} of its cause. */
    public StorageException(String failure, IOException cause) {
        this(failure, FailureReason.of(cause), cause);
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage(), "a message is given");
    }

    /** Returns the part of the message after the operation and the file. */
    public String reason() {
        return reason;
    }
}

package dev.geotherm.delta;

import org.jspecify.annotations.Nullable;

/** Thrown when a delta cannot be applied, inverted or read; the message names the change and the problem. */
public final class DeltaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message. */
    public DeltaException(String message) {
        super(message);
    }

    /** Creates an exception with a message and its cause. */
    public DeltaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

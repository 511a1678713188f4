package dev.geotherm.delta;

import org.jspecify.annotations.Nullable;

/** Thrown when a delta cannot be applied, inverted or read; the message names the change and what is wrong with it. */
public final class DeltaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for people. */
    public DeltaException(String message) {
        super(message);
    }

    /** Creates an exception with a message for people and the failure behind it. */
    public DeltaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

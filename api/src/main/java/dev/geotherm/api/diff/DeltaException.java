package dev.geotherm.api.diff;

import dev.geotherm.api.GeothermException;
import org.jspecify.annotations.Nullable;

/** A delta cannot be applied, inverted or read; the message names the change and what is wrong with it. */
public final class DeltaException extends GeothermException {
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

package dev.geotherm.api;

import org.jspecify.annotations.Nullable;

/**
 * A failure that its reader can act upon: the message names the input, what was expected and what to do.
 *
 * <p>The command prints the message alone; a stack trace would tell its user nothing. Failures of a programmer (a null,
 * a closed component) are the JDK's own exceptions instead.
 */
public class GeothermException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for people. */
    public GeothermException(String message) {
        super(message);
    }

    /** Creates an exception with a message for people and the failure behind it. */
    public GeothermException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.geotherm.api;

import org.jspecify.annotations.Nullable;

/**
 * An exception that a user can act on: its message names the input, what was expected, and what to do.
 *
 * <p>The command prints only the message, without a stack trace. Programming errors (a null argument, a closed
 * component) throw exceptions of the JDK instead.
 */
public class GeothermException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for users. */
    public GeothermException(String message) {
        super(message);
    }

    /** Creates an exception with a message for users and a cause. */
    public GeothermException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

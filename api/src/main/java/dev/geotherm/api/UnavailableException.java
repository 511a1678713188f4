package dev.geotherm.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exception that says that a service cannot be used at the moment, whatever it is asked to do: no connection, an overload, a rate
 * limit, a disk that is full. The input is not the cause, and the same call can succeed later.
 *
 * <p>A processor of a pipeline throws it so that the pipeline waits for the service and loses nothing; see {@link
 * dev.geotherm.api.streaming.FailureKind#UNAVAILABLE}.
 */
public class UnavailableException extends GeothermException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** Creates an exception with a message for users and a cause. */
    public UnavailableException(String message, @Nullable Throwable cause) {
        this(message, null, cause);
    }

    /**
     * Creates an exception with a message for users.
     *
     * @param retryAfter the delay before the next call that the service asks for; null if it gave none
     */
    public UnavailableException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** Returns the delay before the next call that the service asks for, counted from the failure. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

package dev.geotherm.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a service is temporarily unavailable: no connection, an overload, a rate limit, a full disk. The input is
 * not the cause, and the same call can succeed later.
 *
 * <p>If the processor of a pipeline throws it, the pipeline waits for the service and loses nothing; see
 * {@link dev.geotherm.api.streaming.FailureKind#UNAVAILABLE}.
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
     * @param retryAfter the delay that the service asks for before the next call; null if it gave none
     */
    public UnavailableException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** Returns the delay that the service asks for before the next call, counted from the failure. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

package dev.geotherm.openai;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A failed request, with what to do about it. Its message is for users and never contains the key. */
final class RequestFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to do about a failure. */
    enum Remedy {
        /** Repeat the request later. */
        REPEAT,
        /** Send less at once. */
        SPLIT,
        /** Nothing now: the request was repeated long enough, but may succeed later. */
        LATER,
        /** Nothing: every repetition would fail. */
        NONE
    }

    private final String text;
    private final Remedy remedy;
    private final @Nullable Instant notBefore;
    private final @Nullable Duration retryAfter;

    RequestFailure(Remedy remedy, String message, @Nullable Throwable cause) {
        this(remedy, message, cause, null, null);
    }

    RequestFailure(Remedy remedy, String message, @Nullable Instant notBefore) {
        this(remedy, message, null, notBefore, null);
    }

    private RequestFailure(
            Remedy remedy,
            String message,
            @Nullable Throwable cause,
            @Nullable Instant notBefore,
            @Nullable Duration retryAfter) {
        super(message, cause);
        text = message;
        this.remedy = remedy;
        this.notBefore = notBefore;
        this.retryAfter = retryAfter;
    }

    /**
     * Returns the failure of a request that was repeated long enough.
     *
     * @param retryAfter the time for which the server wants no request; null if it has not said any
     */
    RequestFailure repeatedEnough(String message, @Nullable Duration retryAfter) {
        return new RequestFailure(Remedy.LATER, message, getCause(), null, retryAfter);
    }

    /** Returns the exception that the embedder's user receives. */
    GeothermException forUser() {
        return remedy == Remedy.LATER
                ? new UnavailableException(text, retryAfter, getCause())
                : new GeothermException(text, getCause());
    }

    Remedy remedy() {
        return remedy;
    }

    /** Returns the time before which the server wants no request; null if it has not said any. */
    @Nullable
    Instant notBefore() {
        return notBefore;
    }
}

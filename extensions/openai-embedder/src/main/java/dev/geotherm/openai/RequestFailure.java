package dev.geotherm.openai;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An exception for a failed request, with its remedy. The message is for users and never contains the key. */
final class RequestFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** A remedy for a failure. */
    enum Remedy {
        /** Repeat the request later. */
        REPEAT,
        /** Send a smaller request. */
        SPLIT,
        /** Give up for now: the retry time is used up, but the request may succeed later. */
        LATER,
        /** Give up: every repetition would fail. */
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
     * Returns the failure of a request after its retry time is used up.
     *
     * @param retryAfter the delay that the server asks for; null if it does not name one
     */
    RequestFailure repeatedEnough(String message, @Nullable Duration retryAfter) {
        return new RequestFailure(Remedy.LATER, message, getCause(), null, retryAfter);
    }

    /** Returns the exception for the caller of the embedder. */
    GeothermException forUser() {
        return remedy == Remedy.LATER
                ? new UnavailableException(text, retryAfter, getCause())
                : new GeothermException(text, getCause());
    }

    Remedy remedy() {
        return remedy;
    }

    /** Returns the earliest time of the next request that the server asks for, or null. */
    @Nullable
    Instant notBefore() {
        return notBefore;
    }
}

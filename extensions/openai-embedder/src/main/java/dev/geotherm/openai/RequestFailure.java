package dev.geotherm.openai;

import dev.geotherm.api.GeothermException;
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
        /** Nothing: every repetition would fail. */
        NONE
    }

    private final String text;
    private final Remedy remedy;
    private final @Nullable Instant notBefore;

    RequestFailure(Remedy remedy, String message, @Nullable Throwable cause) {
        super(message, cause);
        text = message;
        this.remedy = remedy;
        notBefore = null;
    }

    RequestFailure(Remedy remedy, String message, @Nullable Instant notBefore) {
        super(message);
        text = message;
        this.remedy = remedy;
        this.notBefore = notBefore;
    }

    /** Returns the exception that the embedder's user receives. */
    GeothermException forUser() {
        return new GeothermException(text, getCause());
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

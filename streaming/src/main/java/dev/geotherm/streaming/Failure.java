package dev.geotherm.streaming;

import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.FailureClassifier;
import dev.geotherm.api.streaming.FailureKind;
import java.time.Duration;
import java.util.Objects;

/** The failure of a batch or of a fragment, and its kind. */
record Failure(Throwable error, FailureKind kind) {
    /** Causes can form a cycle. */
    private static final int DEEPEST = 32;

    static Failure of(Throwable error, FailureClassifier classifier) {
        try {
            return new Failure(error, Objects.requireNonNull(classifier.classify(error)));
        } catch (Throwable unclassified) {
            if (unclassified != error) {
                error.addSuppressed(unclassified);
            }
            return new Failure(error, FailureKind.FRAGMENT);
        }
    }

    boolean isUnavailable() {
        return kind == FailureKind.UNAVAILABLE;
    }

    /** Returns the time for which the service wants no call, as far as an error says. */
    Duration retryAfter() {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof UnavailableException unavailable) {
                return unavailable.retryAfter().orElse(Duration.ZERO);
            }
            cause = cause.getCause();
        }
        return Duration.ZERO;
    }
}

package dev.geotherm.streaming;

import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.FailureClassifier;
import dev.geotherm.api.streaming.FailureKind;
import java.time.Duration;
import java.util.Objects;

/** The failure of a batch or of a fragment, and its kind. */
record Failure(Throwable error, FailureKind kind) {
    /** The maximum number of causes to check: they can form a cycle. */
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

    /** Returns the delay that the service requests; 0 if the error contains none. */
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

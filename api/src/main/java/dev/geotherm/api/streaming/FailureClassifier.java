package dev.geotherm.api.streaming;

import dev.geotherm.api.UnavailableException;

/**
 * A classifier of the failures of a pipeline's processor. Called by the thread that processes the batch; if it throws, the failure
 * is of kind {@link FailureKind#FRAGMENT}.
 */
@FunctionalInterface
public interface FailureClassifier {

    /** Returns the kind of a failure that the processor threw or passed to {@link Batch#fail}. */
    FailureKind classify(Throwable failure);

    /**
     * Returns the default classifier. A failure is {@link FailureKind#UNAVAILABLE} if it or one of its causes is an {@link
     * UnavailableException}, says that a host is unknown or refuses connections, or is the timeout of a socket or of the HTTP client
     * of the JDK; all others are of kind {@link FailureKind#FRAGMENT}.
     */
    static FailureClassifier standard() {
        return new StandardClassifier();
    }
}

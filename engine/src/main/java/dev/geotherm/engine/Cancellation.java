package dev.geotherm.engine;

import java.util.concurrent.CancellationException;

/**
 * A request to end a long operation of {@link Knowledge} early. The operation polls it a few times per second, stops at
 * the next safe point, and throws a {@link CancellationException}.
 */
@FunctionalInterface
public interface Cancellation {

    /** Returns whether the operation should stop. Must be cheap and thread-safe. */
    boolean isRequested();

    /** Returns a cancellation that is never requested. */
    static Cancellation never() {
        return () -> false;
    }

    /** Throws a {@link CancellationException} if the operation should stop. */
    default void throwIfRequested() {
        if (isRequested()) {
            throw new CancellationException("cancelled");
        }
    }
}

package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A fragment that could not be processed.
 *
 * @param fragment the fragment as it was accepted
 * @param attempts how many batches contained it; 0 if the pipeline closed first
 * @param error the error of the last attempt
 * @param at when it became a dead letter
 * @param <T> the content
 */
public record DeadLetter<T>(Fragment<T> fragment, int attempts, Throwable error, Instant at) {

    /** Checks that nothing is null. */
    public DeadLetter {
        requireNonNull(fragment, "fragment");
        requireNonNull(error, "error");
        requireNonNull(at, "at");
    }
}

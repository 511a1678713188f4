package dev.geotherm.api.streaming;

/**
 * A fragment that could not be processed.
 *
 * @param fragment the fragment as it was accepted
 * @param attempts how many batches contained it; 0 if the pipeline closed first
 * @param error the error of the last attempt
 * @param <T> the content
 */
public record DeadLetter<T>(Fragment<T> fragment, int attempts, Throwable error) {}

package dev.geotherm.api.streaming;

/**
 * A fragment that could not be processed.
 *
 * @param fragment as it was accepted
 * @param attempts how often it was in a batch; 0 if the pipeline was closed before
 * @param error what the last attempt failed with
 * @param <T> the content
 */
public record DeadLetter<T>(Fragment<T> fragment, int attempts, Throwable error) {}

package dev.geotherm.api.batch;

/**
 * An item that failed.
 *
 * @param item its id
 * @param attempts how often it was tried on its own; a try together with others does not count, so that the figure does
 *     not depend on how batches were cut
 * @param error what the last try failed with: the exception's class and message
 */
public record ItemFailure(String item, int attempts, String error) {}

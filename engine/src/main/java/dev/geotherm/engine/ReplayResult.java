package dev.geotherm.engine;

/**
 * The result of replaying dead letters.
 *
 * @param replayed the number of ingested chunks
 * @param failed the number of chunks that failed again; their dead letters are kept
 * @param obsolete the number of dead letters that were removed because their documents have changed or are gone
 */
public record ReplayResult(long replayed, long failed, long obsolete) {}

package dev.geotherm.engine;

/**
 * The result of replaying dead letters.
 *
 * @param replayed chunks that were ingested
 * @param failed chunks that failed again; their dead letters are kept
 * @param obsolete dead letters that were removed because their documents have changed or are gone
 */
public record ReplayResult(long replayed, long failed, long obsolete) {}

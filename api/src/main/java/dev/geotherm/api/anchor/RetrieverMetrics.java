package dev.geotherm.api.anchor;

import java.time.Duration;

/**
 * What a retriever has done so far.
 *
 * @param passages passages that can be found now
 * @param searches queries that were answered, those from the cache included
 * @param cacheHits queries that were answered from the cache
 * @param time the time that it took, all threads together
 */
public record RetrieverMetrics(long passages, long searches, long cacheHits, Duration time) {}

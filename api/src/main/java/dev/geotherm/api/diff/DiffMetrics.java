package dev.geotherm.api.diff;

import java.time.Duration;

/**
 * What a differ has done so far, its tracked states and caches included.
 *
 * @param diffs comparisons of two states
 * @param changes changes found by them and recorded by tracked states
 * @param diffTime time spent comparing, all together
 * @param commits revisions made by tracked states
 * @param deltaBytes bytes of the deltas that were encoded, before compression
 * @param encodedBytes bytes that came out of the codec
 * @param encodeTime time spent encoding, all together
 * @param cacheHits look-ups in context caches that found the very context
 * @param cacheNears look-ups that found another context of the same id
 * @param cacheMisses look-ups that found nothing
 */
public record DiffMetrics(
        long diffs,
        long changes,
        Duration diffTime,
        long commits,
        long deltaBytes,
        long encodedBytes,
        Duration encodeTime,
        long cacheHits,
        long cacheNears,
        long cacheMisses) {}

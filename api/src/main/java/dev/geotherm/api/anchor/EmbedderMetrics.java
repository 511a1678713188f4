package dev.geotherm.api.anchor;

import java.time.Duration;

/**
 * What an embedder has done so far.
 *
 * @param texts texts that were embedded
 * @param characters their length, all together
 * @param time the time that it took, all threads together
 */
public record EmbedderMetrics(long texts, long characters, Duration time) {}

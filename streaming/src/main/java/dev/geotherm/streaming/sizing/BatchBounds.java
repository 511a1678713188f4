package dev.geotherm.streaming.sizing;

/**
 * The bounds and the target time of a pipeline's batches.
 *
 * @param initialFragments the maximum number of fragments in the first batch
 * @param maxFragments the maximum number of fragments in any batch
 * @param maxCost the maximum cost of any batch of several fragments; infinite if it is not bounded
 * @param targetNanos the time that a batch should take
 */
public record BatchBounds(int initialFragments, int maxFragments, double maxCost, double targetNanos) {}

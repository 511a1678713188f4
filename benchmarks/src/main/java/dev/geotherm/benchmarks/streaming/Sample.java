package dev.geotherm.benchmarks.streaming;

/**
 * The content of a record.
 *
 * @param number a number that the consumer reads
 * @param sentNanos when the producer sent it; 0 if that is not measured
 */
record Sample(long number, long sentNanos) {}

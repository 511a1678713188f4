package dev.geotherm.streaming;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;

/**
 * The settings of {@link LanePipelines}; each pipeline of the component has them for itself.
 *
 * @param capacity how many fragments can wait
 * @param threshold the fill from which on offers are refused, over 0 and up to 1
 * @param initialBatch how many fragments the first batch may have
 * @param maxBatch how many fragments any batch may have
 * @param targetBatchTime the time that a batch should take
 * @param batchTimeout the time after which a batch is stopped
 * @param maxRetries how often a fragment that failed is tried again
 * @param workers how many batches are processed at once
 * @param closeTimeout the time that close gives to what was accepted; may be 0
 */
public record LanePipelinesSettings(
        @Setting(defaultValue = "500", description = "How many fragments can wait in a pipeline.")
        int capacity,

        @Setting(defaultValue = "0.8", description = "The fill of the queue, 0 to 1, from which on offers are refused.")
        double threshold,

        @Setting(defaultValue = "10", description = "How many fragments the first batch may have.")
        int initialBatch,

        @Setting(defaultValue = "50", description = "How many fragments a batch may have at most.")
        int maxBatch,

        @Setting(defaultValue = "100ms", description = "The time that a batch should take; the batch size follows it.")
        Duration targetBatchTime,

        @Setting(
                defaultValue = "30s",
                description = "The time after which a batch is interrupted and counts as failed.")
        Duration batchTimeout,

        @Setting(defaultValue = "3", description = "How often a failed fragment is tried again, at a lower priority.")
        int maxRetries,

        @Setting(defaultValue = "1", description = "How many batches of a pipeline are processed at once.")
        int workers,

        @Setting(defaultValue = "30s", description = "The time that closing gives to fragments that still wait.")
        Duration closeTimeout) {

    /** Checks every value. */
    public LanePipelinesSettings {
        new Problems()
                .require(capacity >= 1, "capacity", "must be at least 1, was %s", capacity)
                .require(
                        threshold > 0 && threshold <= 1, "threshold", "must be over 0 and at most 1, was %s", threshold)
                .require(initialBatch >= 1, "initialBatch", "must be at least 1, was %s", initialBatch)
                .require(maxBatch >= 1, "maxBatch", "must be at least 1, was %s", maxBatch)
                .require(
                        initialBatch <= maxBatch || maxBatch < 1,
                        "initialBatch",
                        "must be at most maxBatch (%s), was %s",
                        maxBatch,
                        initialBatch)
                .require(isPositive(targetBatchTime), "targetBatchTime", "must be over 0, was %s", targetBatchTime)
                .require(isPositive(batchTimeout), "batchTimeout", "must be over 0, was %s", batchTimeout)
                .require(maxRetries >= 0, "maxRetries", "must be at least 0, was %s", maxRetries)
                .require(workers >= 1, "workers", "must be at least 1, was %s", workers)
                .require(!closeTimeout.isNegative(), "closeTimeout", "must be at least 0, was %s", closeTimeout)
                .throwIfAny();
    }

    /** Returns the number of waiting fragments from which on offers are refused. */
    int limit() {
        // A product such as 0.07 * 100 lies a hair above the whole number that is meant.
        return Math.max(1, (int) Math.ceil(threshold * capacity - 1e-9));
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}

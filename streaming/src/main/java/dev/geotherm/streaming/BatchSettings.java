package dev.geotherm.streaming;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.streaming.sizing.BatchBounds;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The settings of a pipeline's batches.
 *
 * @param batchSizing the rule for their size
 * @param initialBatch the maximum size of the first batch
 * @param maxBatch the maximum size of any batch
 * @param maxBatchCost the maximum cost of a batch of several fragments; 0 for no limit
 * @param targetBatchTime the time that a batch should take
 * @param linger how long the oldest fragment waits for a batch to fill; 0 to take the waiting fragments at once
 * @param batchTimeout the time after which a batch is interrupted
 */
public record BatchSettings(
        @Setting(
                defaultValue = "predictive",
                description =
                        "How the batch size follows the time of batches: predictive (a learned model), steps or fixed.")
        BatchSizing batchSizing,

        @Setting(defaultValue = "10", description = "The maximum size of the first batch.")
        int initialBatch,

        @Setting(defaultValue = "50", description = "The maximum size of a batch.")
        int maxBatch,

        @Setting(
                defaultValue = "0",
                description =
                        "The maximum cost of a batch, such as tokens, if the pipeline has a cost function; 0 for no limit.")
        long maxBatchCost,

        @Setting(defaultValue = "100ms", description = "The time that a batch should take; the batch size follows it.")
        Duration targetBatchTime,

        @Setting(
                defaultValue = "0ms",
                description = "How long the oldest fragment waits for a batch to fill; 0ms to start at once.")
        Duration linger,

        @Setting(
                defaultValue = "30s",
                description = "The time after which a batch is interrupted and counts as failed.")
        Duration batchTimeout) {

    /** Checks every value. */
    public BatchSettings {
        new Problems()
                .require(initialBatch >= 1, "initialBatch", "must be at least 1, was %s", initialBatch)
                .require(maxBatch >= 1, "maxBatch", "must be at least 1, was %s", maxBatch)
                .require(
                        initialBatch <= maxBatch || maxBatch < 1,
                        "initialBatch",
                        "must be at most maxBatch (%s), was %s",
                        maxBatch,
                        initialBatch)
                .require(maxBatchCost >= 0, "maxBatchCost", "must be at least 0, was %s", maxBatchCost)
                .require(isPositive(targetBatchTime), "targetBatchTime", "must be above 0, was %s", targetBatchTime)
                .require(!linger.isNegative(), "linger", "must be at least 0, was %s", linger)
                .require(isPositive(batchTimeout), "batchTimeout", "must be above 0, was %s", batchTimeout)
                .throwIfAny();
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    BatchBounds bounds() {
        return new BatchBounds(
                initialBatch, maxBatch, maxBatchCost == 0 ? Double.POSITIVE_INFINITY : (double) maxBatchCost, (double)
                        TimeUnit.NANOSECONDS.convert(targetBatchTime));
    }

    long lingerNanos() {
        return TimeUnit.NANOSECONDS.convert(linger);
    }

    long timeoutNanos() {
        return TimeUnit.NANOSECONDS.convert(batchTimeout);
    }
}

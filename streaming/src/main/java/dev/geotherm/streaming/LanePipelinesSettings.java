package dev.geotherm.streaming;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;

/**
 * The settings of {@link LanePipelines}. They apply to each pipeline separately: two pipelines have two queues of this
 * capacity.
 *
 * @param backpressure the settings of the queue
 * @param initialBatch the maximum size of the first batch
 * @param maxBatch the maximum size of any batch
 * @param targetBatchTime the time that a batch should take
 * @param batchTimeout the time after which a batch is interrupted
 * @param maxRetries how often a failed fragment is retried
 * @param workers the number of batches that are processed concurrently
 * @param closeTimeout the time that closing gives to accepted fragments; may be 0
 */
public record LanePipelinesSettings(
        BackpressureSettings backpressure,

        @Setting(defaultValue = "10", description = "The maximum size of the first batch.")
        int initialBatch,

        @Setting(defaultValue = "50", description = "The maximum size of a batch.")
        int maxBatch,

        @Setting(defaultValue = "100ms", description = "The time that a batch should take; the batch size follows it.")
        Duration targetBatchTime,

        @Setting(
                defaultValue = "30s",
                description = "The time after which a batch is interrupted and counts as failed.")
        Duration batchTimeout,

        @Setting(defaultValue = "3", description = "How often a failed fragment is retried, at a lower priority.")
        int maxRetries,

        @Setting(
                defaultValue = "1",
                description = "The number of batches of a pipeline that are processed concurrently.")
        int workers,

        @Setting(
                defaultValue = "30s",
                description = "The time that closing waits for accepted fragments to be processed.")
        Duration closeTimeout) {

    /** Checks every value. */
    public LanePipelinesSettings {
        new Problems()
                .require(initialBatch >= 1, "initialBatch", "must be at least 1, was %s", initialBatch)
                .require(maxBatch >= 1, "maxBatch", "must be at least 1, was %s", maxBatch)
                .require(
                        initialBatch <= maxBatch || maxBatch < 1,
                        "initialBatch",
                        "must be at most maxBatch (%s), was %s",
                        maxBatch,
                        initialBatch)
                .require(isPositive(targetBatchTime), "targetBatchTime", "must be above 0, was %s", targetBatchTime)
                .require(isPositive(batchTimeout), "batchTimeout", "must be above 0, was %s", batchTimeout)
                .require(maxRetries >= 0, "maxRetries", "must be at least 0, was %s", maxRetries)
                .require(workers >= 1, "workers", "must be at least 1, was %s", workers)
                .require(!closeTimeout.isNegative(), "closeTimeout", "must be at least 0, was %s", closeTimeout)
                .throwIfAny();
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}

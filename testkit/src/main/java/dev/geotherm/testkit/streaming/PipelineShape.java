package dev.geotherm.testkit.streaming;

import java.time.Duration;

/**
 * The properties of a pipeline that a clause needs; a subclass of the contract translates them into its settings.
 *
 * @param capacity how many fragments can wait
 * @param highWatermark the fill of the queue, 0 to 1, from which offers are refused
 * @param initialBatch the most fragments in the first batch
 * @param maxBatch the most fragments in any batch
 * @param targetBatchTime the time that a batch should take
 * @param batchTimeout the time after which a batch is interrupted
 * @param maxRetries how often a failed fragment is retried
 * @param workers how many batches are processed at once
 * @param closeTimeout the time that closing gives to accepted fragments
 */
public record PipelineShape(
        int capacity,
        double highWatermark,
        int initialBatch,
        int maxBatch,
        Duration targetBatchTime,
        Duration batchTimeout,
        int maxRetries,
        int workers,
        Duration closeTimeout) {

    /** A queue of 100, batches of up to 10, one worker, and times that do not matter. */
    static final PipelineShape DEFAULT = new PipelineShape(
            100, 0.8, 10, 10, Duration.ofHours(1), Duration.ofMinutes(10), 3, 1, Duration.ofSeconds(60));

    PipelineShape withCapacity(int newCapacity) {
        return new PipelineShape(
                newCapacity,
                highWatermark,
                initialBatch,
                maxBatch,
                targetBatchTime,
                batchTimeout,
                maxRetries,
                workers,
                closeTimeout);
    }

    PipelineShape withBatches(int initial, int max, Duration target) {
        return new PipelineShape(
                capacity, highWatermark, initial, max, target, batchTimeout, maxRetries, workers, closeTimeout);
    }

    PipelineShape withBatchTimeout(Duration timeout) {
        return new PipelineShape(
                capacity,
                highWatermark,
                initialBatch,
                maxBatch,
                targetBatchTime,
                timeout,
                maxRetries,
                workers,
                closeTimeout);
    }

    PipelineShape withMaxRetries(int retries) {
        return new PipelineShape(
                capacity,
                highWatermark,
                initialBatch,
                maxBatch,
                targetBatchTime,
                batchTimeout,
                retries,
                workers,
                closeTimeout);
    }

    PipelineShape withWorkers(int newWorkers) {
        return new PipelineShape(
                capacity,
                highWatermark,
                initialBatch,
                maxBatch,
                targetBatchTime,
                batchTimeout,
                maxRetries,
                newWorkers,
                closeTimeout);
    }

    PipelineShape withCloseTimeout(Duration timeout) {
        return new PipelineShape(
                capacity,
                highWatermark,
                initialBatch,
                maxBatch,
                targetBatchTime,
                batchTimeout,
                maxRetries,
                workers,
                timeout);
    }
}

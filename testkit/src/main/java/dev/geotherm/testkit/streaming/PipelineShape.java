package dev.geotherm.testkit.streaming;

import java.time.Duration;

/**
 * The properties of a pipeline that a clause needs; a subclass of the contract translates them into its settings. An implementation
 * ignores those of capabilities that it does not have.
 *
 * @param capacity how many fragments can wait
 * @param capacityBytes how many bytes can wait, at two for each character of a text; 0 for any
 * @param highWatermark the fill of the queue, 0 to 1, from which offers are refused
 * @param initialBatch the most fragments in the first batch
 * @param maxBatch the most fragments in any batch
 * @param maxBatchCost the highest cost of a batch of several fragments; 0 for any
 * @param targetBatchTime the time that a batch should take
 * @param linger how long the oldest fragment waits for a batch to fill
 * @param batchTimeout the time after which a batch is interrupted
 * @param maxRetries how often a failed fragment is retried
 * @param workers how many batches are processed at once
 * @param closeTimeout the time that closing gives to accepted fragments
 * @param journal whether accepted fragments are in the journal of the specification until they have their outcome
 */
public record PipelineShape(
        int capacity,
        long capacityBytes,
        double highWatermark,
        int initialBatch,
        int maxBatch,
        long maxBatchCost,
        Duration targetBatchTime,
        Duration linger,
        Duration batchTimeout,
        int maxRetries,
        int workers,
        Duration closeTimeout,
        boolean journal) {

    /** A queue of 100, batches of up to 10, one worker, and times that do not matter. */
    static final PipelineShape DEFAULT = new PipelineShape(
            100,
            0,
            0.8,
            10,
            10,
            0,
            Duration.ofHours(1),
            Duration.ZERO,
            Duration.ofMinutes(10),
            3,
            1,
            Duration.ofSeconds(60),
            false);

    PipelineShape withCapacity(int newCapacity) {
        return new PipelineShape(
                newCapacity,
                capacityBytes,
                highWatermark,
                initialBatch,
                maxBatch,
                maxBatchCost,
                targetBatchTime,
                linger,
                batchTimeout,
                maxRetries,
                workers,
                closeTimeout,
                journal);
    }

    PipelineShape withCapacityBytes(long bytes) {
        return new PipelineShape(
                capacity,
                bytes,
                highWatermark,
                initialBatch,
                maxBatch,
                maxBatchCost,
                targetBatchTime,
                linger,
                batchTimeout,
                maxRetries,
                workers,
                closeTimeout,
                journal);
    }

    PipelineShape withBatches(int initial, int max, Duration target) {
        return new PipelineShape(
                capacity,
                capacityBytes,
                highWatermark,
                initial,
                max,
                maxBatchCost,
                target,
                linger,
                batchTimeout,
                maxRetries,
                workers,
                closeTimeout,
                journal);
    }

    PipelineShape withMaxBatchCost(long cost) {
        return new PipelineShape(
                capacity,
                capacityBytes,
                highWatermark,
                initialBatch,
                maxBatch,
                cost,
                targetBatchTime,
                linger,
                batchTimeout,
                maxRetries,
                workers,
                closeTimeout,
                journal);
    }

    PipelineShape withLinger(Duration newLinger) {
        return new PipelineShape(
                capacity,
                capacityBytes,
                highWatermark,
                initialBatch,
                maxBatch,
                maxBatchCost,
                targetBatchTime,
                newLinger,
                batchTimeout,
                maxRetries,
                workers,
                closeTimeout,
                journal);
    }

    PipelineShape withBatchTimeout(Duration timeout) {
        return new PipelineShape(
                capacity,
                capacityBytes,
                highWatermark,
                initialBatch,
                maxBatch,
                maxBatchCost,
                targetBatchTime,
                linger,
                timeout,
                maxRetries,
                workers,
                closeTimeout,
                journal);
    }

    PipelineShape withMaxRetries(int retries) {
        return new PipelineShape(
                capacity,
                capacityBytes,
                highWatermark,
                initialBatch,
                maxBatch,
                maxBatchCost,
                targetBatchTime,
                linger,
                batchTimeout,
                retries,
                workers,
                closeTimeout,
                journal);
    }

    PipelineShape withWorkers(int newWorkers) {
        return new PipelineShape(
                capacity,
                capacityBytes,
                highWatermark,
                initialBatch,
                maxBatch,
                maxBatchCost,
                targetBatchTime,
                linger,
                batchTimeout,
                maxRetries,
                newWorkers,
                closeTimeout,
                journal);
    }

    PipelineShape withCloseTimeout(Duration timeout) {
        return new PipelineShape(
                capacity,
                capacityBytes,
                highWatermark,
                initialBatch,
                maxBatch,
                maxBatchCost,
                targetBatchTime,
                linger,
                batchTimeout,
                maxRetries,
                workers,
                timeout,
                journal);
    }

    PipelineShape withJournal() {
        return new PipelineShape(
                capacity,
                capacityBytes,
                highWatermark,
                initialBatch,
                maxBatch,
                maxBatchCost,
                targetBatchTime,
                linger,
                batchTimeout,
                maxRetries,
                workers,
                closeTimeout,
                true);
    }
}

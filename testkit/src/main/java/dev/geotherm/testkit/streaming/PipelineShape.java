package dev.geotherm.testkit.streaming;

import java.time.Duration;

/**
 * What a clause asks of the settings; whoever extends the contract writes it in settings of their own.
 *
 * @param capacity how many fragments can wait
 * @param threshold the fill from which on offers are refused
 * @param initialBatch how many fragments the first batch may have
 * @param maxBatch how many fragments a batch may have
 * @param targetBatchTime the time that a batch should take
 * @param batchTimeout the time after which a batch is stopped
 * @param maxRetries how often a failed fragment is tried again
 * @param workers how many batches are processed at once
 * @param closeTimeout the time that close gives to what was accepted
 */
public record PipelineShape(
        int capacity,
        double threshold,
        int initialBatch,
        int maxBatch,
        Duration targetBatchTime,
        Duration batchTimeout,
        int maxRetries,
        int workers,
        Duration closeTimeout) {

    /** What clauses start from: times that do not matter, one worker, a queue of 100 and batches of up to 10. */
    static final PipelineShape USUAL = new PipelineShape(
            100, 0.8, 10, 10, Duration.ofHours(1), Duration.ofMinutes(10), 3, 1, Duration.ofSeconds(60));

    PipelineShape withCapacity(int newCapacity) {
        return new PipelineShape(
                newCapacity,
                threshold,
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
                capacity, threshold, initial, max, target, batchTimeout, maxRetries, workers, closeTimeout);
    }

    PipelineShape withBatchTimeout(Duration timeout) {
        return new PipelineShape(
                capacity,
                threshold,
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
                threshold,
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
                threshold,
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
                threshold,
                initialBatch,
                maxBatch,
                targetBatchTime,
                batchTimeout,
                maxRetries,
                workers,
                timeout);
    }
}

package dev.geotherm.batch.job;

/**
 * The limits of a job, taken from the settings when it starts.
 *
 * @param batchSize the maximum number of items per batch; 0 lets the mode decide
 * @param workers the maximum number of workers, in every mode except sequential
 * @param maxRetries the maximum number of retries of a failed item
 * @param checkpointEvery the number of items after which the checkpoint is forced to disk
 */
public record JobLimits(int batchSize, int workers, int maxRetries, int checkpointEvery) {}

package dev.geotherm.batch.job;

/**
 * The limits of a job, from the settings at its start.
 *
 * @param batchSize the largest number of items in a batch; 0 leaves it to the mode
 * @param workers the largest number of workers, in every mode but the sequential one
 * @param maxRetries how often a failed item is evaluated again
 * @param checkpointEvery the number of items after which the checkpoint is forced to disk
 */
public record JobLimits(int batchSize, int workers, int maxRetries, int checkpointEvery) {}

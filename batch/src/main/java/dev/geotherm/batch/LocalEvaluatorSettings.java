package dev.geotherm.batch;

import dev.geotherm.api.Problems;
import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.Setting;
import dev.geotherm.batch.job.JobLimits;

/**
 * The settings of a {@link LocalEvaluator}.
 *
 * @param batchSize the maximum number of items per batch; 0 lets the mode decide
 * @param workers the maximum number of evaluation threads, in every mode except sequential; 0 means one per processor
 * @param maxRetries the maximum number of retries of an item that fails on its own
 * @param checkpointEvery the number of items after which the checkpoint is forced to disk
 * @param limit the rate limit for calls of the function
 */
public record LocalEvaluatorSettings(
        @Setting(defaultValue = "0", description = "Largest number of items in a batch; 0 for the default of the mode.")
        int batchSize,

        @Setting(
                defaultValue = "0",
                description = "Largest number of threads that evaluate; 0 means one per processor.")
        int workers,

        @Setting(defaultValue = "2", description = "How often an item that failed on its own is evaluated again.")
        int maxRetries,

        @Setting(defaultValue = "1000", description = "Number of items after which the checkpoint is forced to disk.")
        int checkpointEvery,

        RateLimitSettings limit) {
    private static final int MAX_WORKERS = 10_000;
    private static final int MAX_RETRIES = 1_000;

    /** Validates the bounds. */
    public LocalEvaluatorSettings {
        new Problems()
                .require(batchSize >= 0, "batchSize", "must be at least 0, was %s", batchSize)
                .require(
                        workers >= 0 && workers <= MAX_WORKERS,
                        "workers",
                        "must be between 0 and %s, was %s",
                        MAX_WORKERS,
                        workers)
                .require(
                        maxRetries >= 0 && maxRetries <= MAX_RETRIES,
                        "maxRetries",
                        "must be between 0 and %s, was %s",
                        MAX_RETRIES,
                        maxRetries)
                .require(checkpointEvery >= 1, "checkpointEvery", "must be at least 1, was %s", checkpointEvery)
                .throwIfAny();
    }

    /** Creates settings without a rate limit. */
    public LocalEvaluatorSettings(int batchSize, int workers, int maxRetries, int checkpointEvery) {
        this(batchSize, workers, maxRetries, checkpointEvery, RateLimitSettings.NONE);
    }

    JobLimits toLimits() {
        int maxWorkers = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        return new JobLimits(batchSize, maxWorkers, maxRetries, checkpointEvery);
    }
}

package dev.geotherm.batch;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of a {@link LocalEvaluator}.
 *
 * @param batchSize items in a batch at most; 0 lets the mode choose
 * @param workers threads that evaluate at most, in every mode but the sequential one; 0 means as many as there are
 *     processors
 * @param maxRetries how often an item that failed on its own is tried again
 * @param checkpointEvery after how many items the checkpoint is forced to disk
 */
public record LocalEvaluatorSettings(
        @Setting(defaultValue = "0", description = "Items in a batch at most; 0 lets the mode choose.")
        int batchSize,

        @Setting(defaultValue = "0", description = "Threads that evaluate at most; 0 means as many as processors.")
        int workers,

        @Setting(defaultValue = "2", description = "How often an item that failed on its own is tried again.")
        int maxRetries,

        @Setting(defaultValue = "1000", description = "After how many items the checkpoint is forced to disk.")
        int checkpointEvery) {
    private static final int MAX_WORKERS = 10_000;
    private static final int MAX_RETRIES = 1_000;

    /** Checks the bounds. */
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

    int workersOrProcessors() {
        return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
    }
}

package dev.geotherm.batch;

import dev.geotherm.api.batch.EvaluationMode;

/** How many items go into a batch when the settings leave it to the mode. */
final class BatchSize {
    private BatchSize() {}

    /**
     * Returns the size: large enough that handing batches over costs little, small enough that the threads end at about
     * the same time and that little is lost when the process is killed. Adaptive mode takes smaller ones, as it measures
     * batches, and priority mode smaller ones yet, as within a batch nothing can overtake.
     */
    static int of(EvaluationMode mode, int items, int workers) {
        return switch (mode) {
            case SEQUENTIAL -> clamp(items / 16, 100);
            case PARALLEL -> clamp(items / (16L * workers), 256);
            case ADAPTIVE -> clamp(items / (64L * workers), 64);
            case PRIORITY -> clamp(items / (64L * workers), 16);
        };
    }

    private static int clamp(long size, int max) {
        return (int) Math.max(1, Math.min(size, max));
    }
}

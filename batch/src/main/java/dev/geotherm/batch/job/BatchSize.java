package dev.geotherm.batch.job;

import dev.geotherm.api.batch.EvaluationMode;

/** The default batch size of each mode. */
final class BatchSize {
    private BatchSize() {}

    /**
     * Returns the batch size. It is large enough to keep the overhead per batch low, and small enough that the workers
     * finish at about the same time and a killed process loses little. The adaptive mode measures batches, so it uses
     * smaller ones. Within a batch, items cannot overtake each other, so the priority mode uses the smallest.
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

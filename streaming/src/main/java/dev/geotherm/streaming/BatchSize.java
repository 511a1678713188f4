package dev.geotherm.streaming;

import java.util.concurrent.TimeUnit;

/**
 * The size of the next batch: as many fragments as the target time allows, by the smoothed time of one fragment. Guarded by
 * the queue's lock.
 */
final class BatchSize {
    /** The weight of the newest batch: small, so that one unusual batch changes the size little. */
    private static final double WEIGHT = 0.3;

    private int size;
    private double nanosPerFragment = -1;

    BatchSize(LanePipelinesSettings settings) {
        this.size = settings.initialBatch();
    }

    int get() {
        return size;
    }

    /** Updates the size after a batch that ended or timed out. */
    void learn(int fragments, long nanos, LanePipelinesSettings settings) {
        double latest = (double) Math.max(0, nanos) / fragments;
        nanosPerFragment = nanosPerFragment < 0 ? latest : (1 - WEIGHT) * nanosPerFragment + WEIGHT * latest;
        double fitting = TimeUnit.NANOSECONDS.convert(settings.targetBatchTime()) / Math.max(1, nanosPerFragment);
        // At most twice as large: for sizes that were never used, the time per fragment is a guess.
        size = (int) Math.max(1, Math.min(fitting, 2.0 * size));
        limit(settings);
    }

    /** Keeps the size within the settings. */
    void limit(LanePipelinesSettings settings) {
        size = Math.min(size, settings.maxBatch());
    }
}

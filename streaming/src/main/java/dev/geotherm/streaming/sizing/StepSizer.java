package dev.geotherm.streaming.sizing;

import dev.geotherm.api.streaming.BatchSizeReason;

/**
 * A sizer that divides the target time by the smoothed time of one fragment, whatever its cost. The size at most doubles with
 * each batch: at sizes that were never used, the time of one fragment is a guess.
 */
public final class StepSizer implements BatchSizer {
    /** The weight of the newest batch: small, so that one unusual batch changes the size little. */
    private static final double WEIGHT = 0.3;

    private BatchBounds bounds;
    private BatchSizeReason reason = BatchSizeReason.INITIAL;
    private int size;
    private double nanosPerFragment = -1;

    /** Creates a sizer that has not learned anything. */
    public StepSizer(BatchBounds bounds) {
        this.bounds = bounds;
        this.size = bounds.initialFragments();
    }

    @Override
    public int maxFragments() {
        return size;
    }

    @Override
    public double maxCost() {
        return bounds.maxCost();
    }

    @Override
    public int usualFragments() {
        return size;
    }

    @Override
    public BatchSizeReason reason() {
        return reason;
    }

    @Override
    public void learn(int fragments, double cost, long nanos) {
        double latest = (double) Math.max(0, nanos) / fragments;
        nanosPerFragment = nanosPerFragment < 0 ? latest : (1 - WEIGHT) * nanosPerFragment + WEIGHT * latest;
        double fitting = bounds.targetNanos() / Math.max(1, nanosPerFragment);
        double doubled = 2.0 * size;
        size = (int) Math.max(1, Math.min(fitting, doubled));
        reason = fitting < 1
                ? BatchSizeReason.MINIMUM
                : fitting > doubled ? BatchSizeReason.GROWTH : BatchSizeReason.TARGET_TIME;
        limit();
    }

    @Override
    public void reconfigure(BatchBounds newBounds) {
        bounds = newBounds;
        limit();
    }

    private void limit() {
        if (size >= bounds.maxFragments()) {
            size = bounds.maxFragments();
            reason = BatchSizeReason.MAXIMUM;
        }
    }

    @Override
    public double fixedNanos() {
        return 0;
    }

    @Override
    public double nanosPerCost() {
        return Math.max(0, nanosPerFragment);
    }
}

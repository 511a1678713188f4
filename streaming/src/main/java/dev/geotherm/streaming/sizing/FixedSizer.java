package dev.geotherm.streaming.sizing;

import dev.geotherm.api.streaming.BatchSizeReason;

/** A sizer that always allows the largest batch. */
public final class FixedSizer implements BatchSizer {
    private BatchBounds bounds;

    /** Creates a sizer. */
    public FixedSizer(BatchBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public int maxFragments() {
        return bounds.maxFragments();
    }

    @Override
    public double maxCost() {
        return bounds.maxCost();
    }

    @Override
    public int usualFragments() {
        return bounds.maxFragments();
    }

    @Override
    public BatchSizeReason reason() {
        return BatchSizeReason.MAXIMUM;
    }

    @Override
    public void learn(int fragments, double cost, long nanos) {
        // The size does not depend on anything.
    }

    @Override
    public void reconfigure(BatchBounds newBounds) {
        bounds = newBounds;
    }

    @Override
    public double fixedNanos() {
        return 0;
    }

    @Override
    public double nanosPerCost() {
        return 0;
    }
}

package dev.geotherm.streaming;

import dev.geotherm.streaming.sizing.BatchBounds;
import dev.geotherm.streaming.sizing.BatchSizer;
import dev.geotherm.streaming.sizing.FixedSizer;
import dev.geotherm.streaming.sizing.PredictiveSizer;
import dev.geotherm.streaming.sizing.StepSizer;

/** The rule by which the size of batches follows the time that they take. */
public enum BatchSizing {
    /**
     * A model of batch time learned from recent batches: a fixed part, and a part that grows with the cost of the fragments. A
     * batch is as large as the target time allows, with a margin, so that about 99 % of batches meet it. If the fixed part alone
     * takes most of the target time, a batch may take twice the fixed part.
     */
    PREDICTIVE,
    /** The target time divided by the smoothed time of one fragment; at most twice as large as the last size. */
    STEPS,
    /** Always the largest batch. */
    FIXED;

    BatchSizer sizer(BatchBounds bounds) {
        return switch (this) {
            case PREDICTIVE -> new PredictiveSizer(bounds);
            case STEPS -> new StepSizer(bounds);
            case FIXED -> new FixedSizer(bounds);
        };
    }
}

package dev.geotherm.anchors.metrics;

import dev.geotherm.api.metrics.Distribution;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** A thread-safe timer of operations that records a distribution in seconds. */
public final class OperationTimer {
    private static final int SIGNIFICANT_DIGITS = 2;

    private final Histogram nanos = new SynchronizedHistogram(SIGNIFICANT_DIGITS);

    /** Creates a timer without recorded operations. */
    public OperationTimer() {}

    /**
     * Records operations that ran as one batch, and divides the time of the batch equally among them.
     *
     * @param start the start of the batch, from {@link System#nanoTime}
     * @param operations the number of operations; 0 records nothing
     */
    public void record(long start, int operations) {
        if (operations > 0) {
            long elapsed = Math.max(0, System.nanoTime() - start);
            nanos.recordValueWithCount(elapsed / operations, operations);
        }
    }

    /** Returns the distribution of all recorded operations. */
    public Distribution distribution() {
        Histogram now = nanos.copy();
        return Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9);
    }
}

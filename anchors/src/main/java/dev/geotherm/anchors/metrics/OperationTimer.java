package dev.geotherm.anchors.metrics;

import dev.geotherm.api.metrics.Distribution;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** A timer of operations, for a distribution in seconds. Safe for use by many threads. */
public final class OperationTimer {
    private static final int SIGNIFICANT_DIGITS = 2;

    private final Histogram nanos = new SynchronizedHistogram(SIGNIFICANT_DIGITS);

    /** Creates a timer without operations. */
    public OperationTimer() {}

    /**
     * Records operations that ran as one batch; the time of the batch is divided equally among them.
     *
     * @param start the start of the batch by {@link System#nanoTime}
     * @param operations the number of operations; 0 records nothing
     */
    public void record(long start, int operations) {
        if (operations > 0) {
            long elapsed = Math.max(0, System.nanoTime() - start);
            nanos.recordValueWithCount(elapsed / operations, operations);
        }
    }

    /** Returns the distribution of all operations so far. */
    public Distribution distribution() {
        Histogram now = nanos.copy();
        return Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9);
    }
}

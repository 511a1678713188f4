package dev.geotherm.pool.metrics;

import dev.geotherm.api.metrics.Distribution;
import org.HdrHistogram.Histogram;

/**
 * A recorder of the times that callers waited for an object. Thread-safe; the monitor costs little,
 * because only callers that have waited acquire it.
 */
public final class WaitTimes {
    private static final int DIGITS = 2;

    /** Guarded by this: even HdrHistogram's concurrent histogram must not be read while it grows. */
    private final Histogram nanos = new Histogram(DIGITS);

    /** Creates an empty recorder. */
    public WaitTimes() {}

    /** Records a wait, in nanoseconds. */
    public synchronized void record(long waitedNanos) {
        nanos.recordValue(Math.max(0, waitedNanos));
    }

    /** Returns the distribution of the waits, in seconds. */
    public synchronized Distribution distribution() {
        return Distribution.of(nanos.getTotalCount(), nanos.getMean(), nanos::getValueAtPercentile, 1e-9);
    }
}

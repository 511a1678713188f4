package dev.geotherm.streaming;

import dev.geotherm.api.metrics.Distribution;
import org.HdrHistogram.Histogram;

/** A histogram of durations, exact to two digits. Guarded by the queue's lock. */
final class DurationHistogram {
    private static final double SECONDS_PER_NANO = 1e-9;

    private final Histogram nanos = new Histogram(2);

    /** Records a duration a number of times. */
    void record(long duration, int times) {
        nanos.recordValueWithCount(Math.max(0, duration), times);
    }

    /** Returns what was recorded, in seconds. */
    Distribution distribution() {
        return Distribution.of(nanos.getTotalCount(), nanos.getMean(), nanos::getValueAtPercentile, SECONDS_PER_NANO);
    }
}

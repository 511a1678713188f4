package dev.geotherm.streaming;

import dev.geotherm.api.metrics.Distribution;
import org.HdrHistogram.Histogram;

/** A histogram of durations, exact to two digits. Guarded by the queue's lock. */
final class DurationHistogram {
    private static final double SECONDS_PER_NANO = 1e-9;

    private final Histogram nanos = new Histogram(2);

    void record(long duration) {
        nanos.recordValue(Math.max(0, duration));
    }

    /** Returns what was recorded, in seconds. */
    Distribution distribution() {
        return Distribution.of(nanos.getTotalCount(), nanos.getMean(), nanos::getValueAtPercentile, SECONDS_PER_NANO);
    }
}

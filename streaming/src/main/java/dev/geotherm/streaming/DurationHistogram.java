package dev.geotherm.streaming;

import dev.geotherm.api.metrics.Distribution;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A histogram of durations up to a day, exact to two digits. It has its full size from the start, so that recording allocates nothing.
 * Guarded by the queue's monitor.
 */
final class DurationHistogram {
    private static final double SECONDS_PER_NANO = 1e-9;

    private static final long LONGEST = TimeUnit.DAYS.toNanos(1);

    private final Histogram nanos = new Histogram(LONGEST, 2);

    /** Records a duration a number of times. */
    void record(long duration, int times) {
        nanos.recordValueWithCount(Math.min(Math.max(0, duration), LONGEST), times);
    }

    /** Returns what was recorded, in seconds. */
    Distribution distribution() {
        return Distribution.of(nanos.getTotalCount(), nanos.getMean(), nanos::getValueAtPercentile, SECONDS_PER_NANO);
    }
}

package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.PipelineMetrics;
import java.time.Duration;

/** What a pipeline counts; guarded by the queue's lock. */
final class PipelineCounters {
    long accepted;
    long refused;
    long processed;
    long dead;
    long retried;
    long batches;
    long timeouts;
    long putNanos;
    long busyNanos;

    private final long start;
    private long stop;
    private boolean stopped;
    private BackpressureLevel highest = BackpressureLevel.NONE;

    PipelineCounters(long start) {
        this.start = start;
    }

    void note(BackpressureLevel level) {
        highest = level.compareTo(highest) > 0 ? level : highest;
    }

    void stop(long now) {
        stop = now;
        stopped = true;
    }

    PipelineMetrics metrics(
            int queued, int inFlight, int capacity, int batchSize, BackpressureLevel level, long busyNow, long now) {
        return new PipelineMetrics(
                accepted,
                refused,
                processed,
                dead,
                retried,
                batches,
                timeouts,
                queued,
                inFlight,
                capacity,
                batchSize,
                level,
                highest,
                Duration.ofNanos(putNanos),
                Duration.ofNanos(busyNanos + busyNow),
                Duration.ofNanos((stopped ? stop : now) - start));
    }
}

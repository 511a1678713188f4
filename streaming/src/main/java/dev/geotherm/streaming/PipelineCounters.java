package dev.geotherm.streaming;

import dev.geotherm.api.streaming.PipelineMetrics;
import java.time.Duration;

/** The counters and histograms of a pipeline. Guarded by the queue's monitor. */
final class PipelineCounters {
    final DurationHistogram batchTime = new DurationHistogram();
    final DurationHistogram queueWait = new DurationHistogram();
    long accepted;
    long refused;
    long processed;
    long dead;
    long retried;
    long batches;
    long timeouts;
    long putNanos;
    long busyNanos;

    private final long openedNanos;
    private long stoppedNanos;
    private boolean stopped;

    PipelineCounters(long openedNanos) {
        this.openedNanos = openedNanos;
    }

    void stop(long now) {
        stoppedNanos = now;
        stopped = true;
    }

    PipelineMetrics metrics(int queued, int capacity, RunningBatches<?> running, PipelineStatus<?> status, long now) {
        return new PipelineMetrics(
                accepted,
                refused,
                processed,
                dead,
                retried,
                batches,
                timeouts,
                queued,
                running.fragments(),
                capacity,
                running.batchSize(),
                status.state(),
                status.level(),
                status.highestLevel(),
                Duration.ofNanos(putNanos),
                Duration.ofNanos(busyNanos + running.busyNanos(now)),
                Duration.ofNanos((stopped ? stoppedNanos : now) - openedNanos),
                batchTime.distribution(),
                queueWait.distribution());
    }
}

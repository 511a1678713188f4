package dev.geotherm.streaming;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.PipelineMetrics;
import java.time.Duration;

/** The counters and histograms of a pipeline. Guarded by the queue's monitor. */
final class PipelineCounters {
    final DurationHistogram batchTime = new DurationHistogram();
    final DurationHistogram queueWait = new DurationHistogram();
    long processed;
    long unchanged;
    long dead;
    long expired;
    long retried;
    long batches;
    long timeouts;
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

    /** Sets all metrics except those that depend on the state of the queue. */
    void addTo(MetricsBuilder<PipelineMetrics> metrics, RunningBatches<?> running, CircuitBreaker breaker, long now) {
        metrics.set("processed", processed)
                .set("unchanged", unchanged)
                .set("dead", dead)
                .set("expired", expired)
                .set("retried", retried)
                .set("batches", batches)
                .set("timeouts", timeouts)
                .set("outages", breaker.outages())
                .set("unavailableTime", Duration.ofNanos(breaker.openNanos(now)))
                .set("busy", Duration.ofNanos(busyNanos + running.busyNanos(now)))
                .set("running", Duration.ofNanos((stopped ? stoppedNanos : now) - openedNanos))
                .set("batchTime", batchTime.distribution())
                .set("queueWait", queueWait.distribution());
    }
}

package dev.geotherm.testkit.batch;

import dev.geotherm.api.batch.EvaluatorMetrics;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.MetricsBuilder;
import java.time.Duration;

/** The counters of an evaluator, over all its jobs; guarded by themselves. */
final class PlainCounts {
    private long jobs, items, failed, resumed, batches, checkpoints, functionNanos, batchNanos, longestBatch;
    private int active;

    synchronized void started(int resumedItems) {
        jobs++;
        resumed += resumedItems;
    }

    synchronized void call(int change, long nanos) {
        active += change;
        functionNanos += nanos;
    }

    synchronized void item(boolean success) {
        items++;
        failed += success ? 0 : 1;
    }

    synchronized void batch(long nanos) {
        batches++;
        batchNanos += nanos;
        longestBatch = Math.max(longestBatch, nanos);
    }

    synchronized void checkpoint() {
        checkpoints++;
    }

    synchronized EvaluatorMetrics metrics(int running) {
        return MetricsBuilder.of(EvaluatorMetrics.class)
                .set("jobs", jobs)
                .set("runningJobs", running)
                .set("items", items)
                .set("failedItems", failed)
                .set("resumedItems", resumed)
                .set("batches", batches)
                .set("checkpoints", checkpoints)
                .set("activeWorkers", active)
                .set("functionTime", Duration.ofNanos(functionNanos))
                .set("batchTime", batchTime())
                .build();
    }

    /** Without percentiles: each is the mean. */
    private Distribution batchTime() {
        double mean = batches == 0 ? 0 : batchNanos * 1e-9 / batches;
        return new Distribution(batches, mean, mean, mean, mean, mean, longestBatch * 1e-9);
    }
}

package dev.geotherm.api.batch;

import static dev.geotherm.api.metrics.MetricType.COUNTER;
import static dev.geotherm.api.metrics.MetricType.DISTRIBUTION;
import static dev.geotherm.api.metrics.MetricType.GAUGE;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Metric;
import java.time.Duration;

/**
 * The metrics of a batch evaluator, over all its jobs, ended and running.
 *
 * @param jobs jobs started or resumed
 * @param runningJobs jobs that are running
 * @param items items evaluated, not counting those from checkpoints
 * @param failedItems evaluated items that failed
 * @param resumedItems items with an outcome from a checkpoint
 * @param batches batches evaluated
 * @param checkpoints checkpoints written
 * @param activeWorkers threads that are evaluating a batch
 * @param functionTime the time spent in functions, summed over all threads
 * @param batchTime the time to evaluate a batch, retries included
 */
public record EvaluatorMetrics(
        @Metric(type = COUNTER, unit = "jobs", description = "jobs started or resumed")
        long jobs,

        @Metric(type = GAUGE, unit = "jobs", description = "jobs that are running")
        int runningJobs,

        @Metric(type = COUNTER, unit = "items", description = "items evaluated, without those from checkpoints")
        long items,

        @Metric(type = COUNTER, unit = "items", description = "evaluated items that failed")
        long failedItems,

        @Metric(type = COUNTER, unit = "items", description = "items whose outcome came from a checkpoint")
        long resumedItems,

        @Metric(type = COUNTER, unit = "batches", description = "batches evaluated")
        long batches,

        @Metric(type = COUNTER, unit = "checkpoints", description = "checkpoints written")
        long checkpoints,

        @Metric(type = GAUGE, unit = "threads", description = "threads that are evaluating a batch")
        int activeWorkers,

        @Metric(type = COUNTER, unit = "seconds", description = "time spent in functions, summed over all threads")
        Duration functionTime,

        @Metric(type = DISTRIBUTION, unit = "seconds", description = "time to evaluate a batch, retries included")
        Distribution batchTime) {}

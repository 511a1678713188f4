package dev.geotherm.api.batch;

import java.time.Duration;

/**
 * What a batch evaluator has done so far, running jobs included.
 *
 * @param jobs jobs that were started
 * @param running jobs that run now
 * @param items items that were evaluated, without those that came from checkpoints
 * @param failures items that failed
 * @param resumed items that came from checkpoints
 * @param batches batches that were evaluated
 * @param checkpoints checkpoints that were written
 * @param workers threads that evaluate now
 * @param busy the time that threads spent in functions, all together
 */
public record EvaluatorMetrics(
        long jobs,
        int running,
        long items,
        long failures,
        long resumed,
        long batches,
        long checkpoints,
        int workers,
        Duration busy) {}

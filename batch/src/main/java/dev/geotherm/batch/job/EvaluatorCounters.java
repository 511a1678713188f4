package dev.geotherm.batch;

import dev.geotherm.api.batch.EvaluatorMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What an evaluator counts, over all of its jobs. Safe for use by many threads. */
final class Counters {
    final LongAdder jobs = new LongAdder();
    final LongAdder items = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder resumed = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder checkpoints = new LongAdder();
    final AtomicInteger workers = new AtomicInteger();
    final LongAdder busyNanos = new LongAdder();

    EvaluatorMetrics metrics(int running) {
        return new EvaluatorMetrics(
                jobs.sum(),
                running,
                items.sum(),
                failures.sum(),
                resumed.sum(),
                batches.sum(),
                checkpoints.sum(),
                workers.get(),
                Duration.ofNanos(busyNanos.sum()));
    }
}

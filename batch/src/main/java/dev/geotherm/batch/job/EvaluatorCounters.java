package dev.geotherm.batch.job;

import dev.geotherm.api.batch.EvaluatorMetrics;
import dev.geotherm.api.metrics.Distribution;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** The thread-safe counters of an evaluator, shared by all its jobs. */
public final class EvaluatorCounters {
    private static final int DIGITS = 3;

    final LongAdder items = new LongAdder();
    final LongAdder failedItems = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder checkpoints = new LongAdder();
    final AtomicInteger activeWorkers = new AtomicInteger();
    final LongAdder functionNanos = new LongAdder();
    final Histogram batchNanos = new SynchronizedHistogram(DIGITS);
    private final LongAdder jobs = new LongAdder();
    private final LongAdder resumedItems = new LongAdder();

    /** Counts a started job and the outcomes that it took from a checkpoint. */
    public void addJob(int resumed) {
        jobs.increment();
        resumedItems.add(resumed);
    }

    /** Returns the metrics, given the number of running jobs. */
    public EvaluatorMetrics metrics(int runningJobs) {
        Histogram now = batchNanos.copy();
        return new EvaluatorMetrics(
                jobs.sum(),
                runningJobs,
                items.sum(),
                failedItems.sum(),
                resumedItems.sum(),
                batches.sum(),
                checkpoints.sum(),
                activeWorkers.get(),
                Duration.ofNanos(functionNanos.sum()),
                Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9));
    }
}

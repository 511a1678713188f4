package dev.geotherm.batch.job;

import dev.geotherm.api.RateLimit;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.batch.checkpoint.Checkpoint;
import dev.geotherm.batch.checkpoint.CheckpointOwner;
import dev.geotherm.batch.output.OutputFiles;
import java.util.List;
import java.util.concurrent.Executor;

/** A factory of jobs that opens their checkpoints and prepares their threads. */
public final class JobFactory {
    private final EvaluatorCounters counters;
    private final Executor threads;

    /**
     * Creates a factory.
     *
     * @param threads the executor for all jobs; it must run any number of tasks concurrently
     */
    public JobFactory(EvaluatorCounters counters, Executor threads) {
        this.counters = counters;
        this.threads = threads;
    }

    /**
     * Opens the checkpoint of a job and returns the job, ready to start.
     *
     * @param limit the rate limit for calls of the function
     * @param onEnd the action to run once the job has ended and its files are closed
     * @throws dev.geotherm.api.batch.EvaluationException if the job cannot use the checkpoint or the output
     */
    public <I, O> LocalEvaluation open(
            EvaluationJob<I, O> job, OutputFiles files, JobLimits limits, RateLimit limit, Runnable onEnd) {
        List<EvaluationItem<I>> items = job.items();
        JobProgress progress = new JobProgress(items.size(), counters);
        Checkpoint checkpoint = Checkpoint.open(
                files,
                CheckpointOwner.of(job.id(), items),
                outcome ->
                        progress.addResumed(outcome, items.get(outcome.index()).id()));

        EvaluationMode mode = job.mode();
        int[] order = BatchQueue.order(items, checkpoint::has, mode);
        int maxWorkers = mode == EvaluationMode.SEQUENTIAL ? 1 : limits.workers();
        int batchSize = limits.batchSize() == 0 ? BatchSize.of(mode, order.length, maxWorkers) : limits.batchSize();
        WorkerTuner tuner = mode == EvaluationMode.ADAPTIVE ? new WorkerTuner(maxWorkers, System.nanoTime()) : null;
        BatchQueue batches = new BatchQueue(order, batchSize, tuner == null ? maxWorkers : tuner.workers());
        BatchRunner<I, O> runner =
                new BatchRunner<>(job, limits.maxRetries(), counters, new RequestGate(limit, batches));
        JobThreads own = new JobThreads(threads);
        return new LocalEvaluation(
                job.id(),
                own,
                batches,
                new Workers(own, Math.min(maxWorkers, batches.batches()), batches, runner),
                tuner,
                new JobWriter(job, files, checkpoint, progress, limits.checkpointEvery()),
                progress,
                onEnd);
    }
}

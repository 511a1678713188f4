package dev.geotherm.batch;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.RateLimit;
import dev.geotherm.api.RateLimits;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluatorMetrics;
import dev.geotherm.batch.job.EvaluatorCounters;
import dev.geotherm.batch.job.JobFactory;
import dev.geotherm.batch.job.LocalEvaluation;
import dev.geotherm.batch.output.OutputFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A batch evaluator that runs its jobs on threads of this JVM, with a checkpoint next to each output.
 *
 * <p>Each batch is appended to the checkpoint as soon as it has been evaluated, so a killed process loses at most the
 * batches in evaluation or waiting to be written: two per worker plus one. The checkpoint is forced to disk after a
 * configurable number of items, when the job is cancelled, and when it ends. A power failure loses the outcomes since the
 * last force. While a job runs, its output is locked against other evaluators and processes.
 *
 * <p>Each call of a job's function is one request to the rate limit, with the cost of its items. If the function throws an
 * {@link dev.geotherm.api.UnavailableException} with a retry delay, every user of the limit waits for that delay.
 *
 * <p>Each job has its own threads: one per worker and one writer. Changed settings apply to jobs that start later. Closing
 * waits for running batches without a timeout.
 */
public final class LocalEvaluator implements BatchEvaluator, Reconfigurable<LocalEvaluatorSettings> {
    private final String instance;
    private final ExecutorService threads;
    private final RateLimits limits;
    private final RateLimit ownLimit;
    private final EvaluatorCounters counters = new EvaluatorCounters();
    private final JobFactory jobs;
    private final Object lock = new Object();
    private final Map<Path, @Nullable LocalEvaluation> running = new HashMap<>(); // by output; null while opening
    private boolean closed; // guarded by the lock
    private volatile LocalEvaluatorSettings settings;

    /** Creates an evaluator that uses the name and the threads of the context. */
    public LocalEvaluator(LocalEvaluatorSettings settings, ComponentContext context) {
        this.settings = requireNonNull(settings, "settings");
        this.instance = context.instance();
        this.limits = context.rateLimits();
        this.ownLimit = limits.get("");
        this.threads = context.blockingExecutor("job");
        this.jobs = new JobFactory(counters, threads);
    }

    @Override
    public <I, O> Evaluation start(EvaluationJob<I, O> job) {
        requireNonNull(job, "job");
        synchronized (lock) {
            requireOpen();
        }
        requireUniqueIds(job.items());
        OutputFiles files = OutputFiles.of(job.output());
        synchronized (lock) {
            requireOpen();
            if (running.containsKey(files.output())) {
                throw new IllegalStateException("a running job of this evaluator writes " + files.output()
                        + "; wait for its end, or cancel it");
            }
            running.put(files.output(), null);
        }
        try {
            return open(job, files);
        } catch (RuntimeException | Error e) {
            remove(files);
            throw e;
        }
    }

    private <I, O> Evaluation open(EvaluationJob<I, O> job, OutputFiles files) {
        LocalEvaluatorSettings current = settings;
        RateLimit limit = limit(current);
        Object user = new Object();
        LocalEvaluation evaluation = jobs.open(job, files, current.toLimits(), limit, () -> {
            limit.leave(user);
            remove(files);
        });
        try {
            synchronized (lock) {
                requireOpen();
                limit.use(user, current.limit().rates());
                evaluation.start();
                running.put(files.output(), evaluation);
                counters.addJob(evaluation.progress().resumed());
            }
            return evaluation;
        } catch (RuntimeException | Error e) {
            limit.leave(user);
            evaluation.discard();
            throw e;
        }
    }

    /** Returns the limit that the settings name, or this evaluator's own limit. */
    private RateLimit limit(LocalEvaluatorSettings current) {
        String name = current.limit().rateLimit();
        return name.isEmpty() ? ownLimit : limits.get(name);
    }

    private void remove(OutputFiles files) {
        synchronized (lock) {
            running.remove(files.output());
        }
    }

    private static void requireUniqueIds(List<? extends EvaluationItem<?>> items) {
        Set<String> ids = new HashSet<>();
        for (EvaluationItem<?> item : items) {
            if (!ids.add(item.id())) {
                throw new EvaluationException("the corpus contains the id '" + item.id()
                        + "' twice; give each item its own id, because it identifies the result");
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the evaluator " + instance + " is closed");
        }
    }

    @Override
    public void reconfigure(LocalEvaluatorSettings newSettings) {
        settings = requireNonNull(newSettings, "settings");
    }

    @Override
    public EvaluatorMetrics metrics() {
        synchronized (lock) {
            return counters.metrics(running.size());
        }
    }

    @Override
    public void close() {
        List<LocalEvaluation> left;
        synchronized (lock) {
            closed = true;
            left = running.values().stream().filter(Objects::nonNull).toList();
        }
        left.forEach(LocalEvaluation::cancel);
        boolean byOwnJob = left.stream().anyMatch(LocalEvaluation::isOwnThread);
        left.stream().filter(job -> !job.isOwnThread()).forEach(LocalEvaluation::join);
        threads.shutdown();
        if (!byOwnJob) {
            awaitThreads();
        }
    }

    /** Waits until the threads have ended, even if the caller is interrupted. */
    private void awaitThreads() {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.geotherm.batch;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluatorMetrics;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A batch evaluator that runs its jobs on threads of this JVM and keeps each one's checkpoint as a journal beside its output.
 *
 * <p>Every batch is appended to the journal as soon as it ended, so a killed process loses no more than the batches that ran
 * or waited to be written: two for each worker and one. The journal is forced to disk after as many items as the settings
 * say, when the job is cancelled and when it ends; a loss of power loses what came later. The journal is locked while its job
 * runs, against other processes too.
 *
 * <p>Each job has threads of its own. New settings are in force for jobs that start after; those that run keep theirs.
 * Closing waits for the batches that run, however long they take.
 */
public final class LocalEvaluator implements BatchEvaluator, Reconfigurable<LocalEvaluatorSettings> {
    private final String instance;
    private final Disk disk;
    private final Counters counters = new Counters();
    private final AtomicLong numbers = new AtomicLong();
    private final Object lock = new Object();
    private final Set<Path> outputs = new HashSet<>(); // of jobs that run or are being opened; guarded by the lock
    private final Set<LocalEvaluation> jobs = new HashSet<>(); // with threads that may be alive; guarded by the lock
    private boolean closed; // guarded by the lock
    private volatile LocalEvaluatorSettings settings;

    /** Creates an evaluator; of the context, only the name is used. */
    public LocalEvaluator(LocalEvaluatorSettings settings, ComponentContext context) {
        this(settings, context, new Disk());
    }

    LocalEvaluator(LocalEvaluatorSettings settings, ComponentContext context, Disk disk) {
        this.settings = requireNonNull(settings, "settings");
        this.instance = context.instance();
        this.disk = requireNonNull(disk, "disk");
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
            if (!outputs.add(files.output())) {
                throw new IllegalStateException(
                        "a job that runs now writes " + files.output() + "; wait for its end, or cancel it");
            }
        }
        try {
            return open(job, files);
        } catch (RuntimeException | Error e) {
            release(files);
            throw e;
        }
    }

    private <I, O> Evaluation open(EvaluationJob<I, O> job, OutputFiles files) {
        Progress progress = new Progress(job.items().size(), counters);
        JournalHeader header = new JournalHeader(job.id(), job.items().size(), CorpusFingerprint.of(job.items()));
        Journal journal = Journal.open(
                files,
                header,
                disk,
                outcome -> progress.addResumed(
                        outcome, job.items().get(outcome.index()).id()));
        try {
            LocalEvaluation evaluation = prepare(job, files, journal, progress);
            synchronized (lock) {
                requireOpen();
                jobs.removeIf(LocalEvaluation::isOver);
                evaluation.start();
                jobs.add(evaluation);
                counters.jobs.increment();
                counters.resumed.add(progress.resumed());
            }
            return evaluation;
        } catch (RuntimeException | Error e) {
            journal.undo();
            throw e;
        }
    }

    private <I, O> LocalEvaluation prepare(
            EvaluationJob<I, O> job, OutputFiles files, Journal journal, Progress progress) {
        LocalEvaluatorSettings now = settings;
        EvaluationMode mode = job.mode();
        int[] missing = Schedule.missing(job.items(), journal, mode);
        int most = mode == EvaluationMode.SEQUENTIAL ? 1 : now.workersOrProcessors();
        int batchSize = now.batchSize() == 0 ? BatchSize.of(mode, missing.length, most) : now.batchSize();
        WorkerTuner tuner = mode == EvaluationMode.ADAPTIVE ? new WorkerTuner(most, System.nanoTime()) : null;
        Schedule schedule = new Schedule(missing, batchSize, tuner == null ? most : tuner.workers());
        return new LocalEvaluation(
                job.id(),
                "geotherm-" + instance + "-job-" + numbers.incrementAndGet(),
                Math.min(most, schedule.batches()),
                schedule,
                tuner,
                new BatchRunner<>(job, now.maxRetries(), counters),
                new JobWriter(job, files, disk, journal, progress, now.checkpointEvery()),
                journal,
                progress,
                () -> release(files));
    }

    private void release(OutputFiles files) {
        synchronized (lock) {
            outputs.remove(files.output());
        }
    }

    private static void requireUniqueIds(List<? extends EvaluationItem<?>> items) {
        Set<String> ids = new HashSet<>();
        for (EvaluationItem<?> item : items) {
            if (!ids.add(item.id())) {
                throw new EvaluationException("the corpus has the id '" + item.id()
                        + "' twice; each item needs an id of its own, as results are told apart by it");
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
            return counters.metrics(outputs.size());
        }
    }

    @Override
    public void close() {
        List<LocalEvaluation> left;
        synchronized (lock) {
            closed = true;
            left = List.copyOf(jobs);
        }
        left.forEach(LocalEvaluation::cancel);
        left.forEach(LocalEvaluation::join);
    }
}

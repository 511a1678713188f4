package dev.geotherm.batch.job;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationProgress;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that runs on threads of this JVM: workers evaluate, and one thread writes. */
public final class LocalEvaluation implements Evaluation {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEvaluation.class);

    private final String id;
    private final JobThreads threads;
    private final BatchQueue batches;
    private final Workers workers;
    private final @Nullable WorkerTuner tuner;
    private final JobWriter writer;
    private final JobProgress progress;
    private final Runnable onEnd;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable EvaluationReport report;

    LocalEvaluation(
            String id,
            JobThreads threads,
            BatchQueue batches,
            Workers workers,
            @Nullable WorkerTuner tuner,
            JobWriter writer,
            JobProgress progress,
            Runnable onEnd) {
        this.id = id;
        this.threads = threads;
        this.batches = batches;
        this.workers = workers;
        this.tuner = tuner;
        this.writer = writer;
        this.progress = progress;
        this.onEnd = onEnd;
    }

    /** Starts the threads. */
    public void start() {
        threads.execute(this::run);
    }

    /** Closes the files of a job that was not started, without changing them. */
    public void discard() {
        writer.discard();
    }

    private void run() {
        Status status = Status.FAILED;
        String error = null;
        try (writer) {
            Throwable failure = workers.run(this::write);
            writer.writeCheckpoint();
            if (failure == null) {
                status = writer.finish();
            } else {
                error = errorText(failure);
            }
        } catch (Throwable e) { // waiting threads must always get a report
            status = Status.FAILED;
            error = errorText(e);
        }
        if (error != null) {
            LOG.error("Job {} failed: {}", id, error);
        }
        onEnd.run();
        report = progress.report(id, status, error);
        ended.countDown();
    }

    private void write(BatchRunner.Result result) {
        writer.write(result);
        if (tuner != null) {
            batches.allow(tuner.onBatch(result.outcomes().size(), System.nanoTime()));
        }
    }

    private static String errorText(Throwable e) {
        String message = e.getMessage();
        return e instanceof EvaluationException && message != null ? message : e.toString();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public EvaluationProgress progress() {
        EvaluationReport last = report;
        return last == null ? progress.now() : last.progress();
    }

    @Override
    public void cancel() {
        batches.stop();
    }

    @Override
    public EvaluationReport await() throws InterruptedException {
        requireNotOwnThread();
        ended.await();
        return requireNonNull(report, "an ended job has a report");
    }

    @Override
    public Optional<EvaluationReport> await(Duration limit) throws InterruptedException {
        requireNotOwnThread();
        boolean inTime = ended.await(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        return inTime ? Optional.ofNullable(report) : Optional.empty();
    }

    private void requireNotOwnThread() {
        if (threads.isOwnThread()) {
            throw new IllegalStateException("the function or listener of job " + id
                    + " must not wait for the end of its own job; wait in another thread");
        }
    }

    /** Returns whether the calling thread is running the function or the listener of this job. */
    public boolean isOwnThread() {
        return threads.isOwnThread();
    }

    /** Waits for the end of the job, even if the caller is interrupted. */
    public void join() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

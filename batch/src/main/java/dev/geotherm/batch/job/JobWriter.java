package dev.geotherm.batch.job;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.api.batch.ItemFailure;
import dev.geotherm.batch.checkpoint.Checkpoint;
import dev.geotherm.batch.output.Outcome;
import dev.geotherm.batch.output.OutputFiles;
import dev.geotherm.batch.output.OutputWriter;
import dev.geotherm.storage.FailureReason;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of a job: it appends outcomes to the checkpoint, calls the listener, and finally writes the output. Not
 * thread-safe.
 */
final class JobWriter implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWriter.class);

    private final EvaluationJob<?, ?> job;
    private final OutputFiles files;
    private final Checkpoint checkpoint;
    private final JobProgress progress;
    private final int checkpointEvery;
    private int unforced;
    private boolean broken;

    JobWriter(
            EvaluationJob<?, ?> job,
            OutputFiles files,
            Checkpoint checkpoint,
            JobProgress progress,
            int checkpointEvery) {
        this.job = job;
        this.files = files;
        this.checkpoint = checkpoint;
        this.progress = progress;
        this.checkpointEvery = checkpointEvery;
    }

    /** Writes the result of a batch, unless an earlier write failed and the job is stopping. */
    void write(BatchRunner.Result result) {
        if (broken) {
            return;
        }
        List<ItemFailure> failures;
        boolean forced;
        try {
            checkpoint.append(result.outcomes());
            failures = progress.addBatch(
                    result, result.outcomes().stream().map(this::id).toList());
            unforced += result.outcomes().size();
            forced = unforced >= checkpointEvery;
            if (forced) {
                force();
            }
        } catch (IOException e) {
            throw markBroken(e);
        }
        failures.forEach(failure -> notify(listener -> listener.onFailure(failure)));
        notify(listener -> listener.onBatch(progress.now()));
        if (forced) {
            notify(listener -> listener.onCheckpoint(progress.now()));
        }
    }

    /** Forces everything written so far to disk. */
    void writeCheckpoint() {
        if (broken || unforced == 0) {
            return;
        }
        try {
            force();
        } catch (IOException e) {
            throw markBroken(e);
        }
        notify(listener -> listener.onCheckpoint(progress.now()));
    }

    /** If every item has an outcome, writes the output, and deletes the checkpoint unless the job keeps it. */
    Status finish() {
        if (!progress.isComplete()) {
            return Status.CANCELLED;
        }
        try {
            OutputWriter.write(files, job.items(), checkpoint);
        } catch (IOException e) {
            throw new EvaluationException(
                    "cannot write the output " + files.output() + ": " + FailureReason.of(e)
                            + "; all outcomes are in the checkpoint " + files.checkpoint()
                            + ", start the job again to write the output",
                    e);
        }
        try {
            if (!job.keepCheckpoint()) {
                checkpoint.deleteAndClose();
            }
        } catch (IOException e) {
            throw new EvaluationException(
                    "the output " + files.output() + " is complete, but its checkpoint " + files.checkpoint()
                            + " cannot be deleted: " + FailureReason.of(e),
                    e);
        }
        return progress.hasFailures() ? Status.COMPLETED_WITH_FAILURES : Status.COMPLETED;
    }

    private void force() throws IOException {
        checkpoint.force();
        unforced = 0;
        progress.addCheckpoint();
    }

    private EvaluationException markBroken(IOException e) {
        broken = true;
        return new EvaluationException(
                "cannot write the checkpoint " + files.checkpoint() + ": " + FailureReason.of(e), e);
    }

    private String id(Outcome outcome) {
        EvaluationItem<?> item = job.items().get(outcome.index());
        return item.id();
    }

    private void notify(Consumer<EvaluationListener> event) {
        try {
            event.accept(job.listener());
        } catch (Exception | Error e) { // no exception of a listener may end the job
            LOG.warn("Job {}: its listener failed", job.id(), e);
        } finally {
            Thread.interrupted(); // the listener may have set the interrupt flag, which would stop the job
        }
    }

    /** Closes the files of a job that wrote nothing, without changing them. */
    void discard() {
        checkpoint.discard();
    }

    @Override
    public void close() throws IOException {
        checkpoint.close();
    }
}

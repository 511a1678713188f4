package dev.geotherm.batch;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.api.batch.ItemFailure;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a job evaluates: its journal, then its output; and tells the listener. For the job's writing thread. */
final class JobWriter {
    private static final Logger log = LoggerFactory.getLogger(JobWriter.class);

    private final EvaluationJob<?, ?> job;
    private final OutputFiles files;
    private final Disk disk;
    private final Journal journal;
    private final Progress progress;
    private final int checkpointEvery;
    private int unforced;
    private boolean broken;

    JobWriter(
            EvaluationJob<?, ?> job,
            OutputFiles files,
            Disk disk,
            Journal journal,
            Progress progress,
            int checkpointEvery) {
        this.job = job;
        this.files = files;
        this.disk = disk;
        this.journal = journal;
        this.progress = progress;
        this.checkpointEvery = checkpointEvery;
    }

    /**
     * Takes the result of a batch; drops it once the journal could not be written, as what follows a half-written record
     * would be lost anyway.
     */
    void write(BatchRunner.Result result) {
        if (broken) {
            return;
        }
        List<ItemFailure> failures;
        boolean forced;
        try {
            journal.append(result.outcomes());
            failures = progress.addBatch(
                    result, result.outcomes().stream().map(this::id).toList());
            unforced += result.outcomes().size();
            forced = unforced >= checkpointEvery && force();
        } catch (IOException e) {
            throw brokenBy(e);
        }
        failures.forEach(failure -> tell(listener -> listener.onFailure(failure)));
        tell(listener -> listener.onBatch(progress.now()));
        if (forced) {
            tell(listener -> listener.onCheckpoint(progress.now()));
        }
    }

    /** Makes sure that everything that was evaluated is in the checkpoint. */
    void checkpoint() {
        if (broken || unforced == 0) {
            return;
        }
        try {
            force();
        } catch (IOException e) {
            throw brokenBy(e);
        }
        tell(listener -> listener.onCheckpoint(progress.now()));
    }

    /** Writes the output if every item has its outcome. */
    Status end() {
        if (!progress.isComplete()) {
            return Status.CANCELLED;
        }
        try {
            new OutputWriter(files, disk).write(journal, job.items());
        } catch (IOException e) {
            throw new EvaluationException(
                    "cannot write the output " + files.output() + ": " + OutputFiles.reason(e)
                            + "; what was evaluated is in " + files.checkpoint(),
                    e);
        }
        try {
            journal.delete();
        } catch (IOException e) {
            throw new EvaluationException(
                    "the output " + files.output() + " is complete, but its checkpoint " + files.checkpoint()
                            + " cannot be deleted: " + OutputFiles.reason(e),
                    e);
        }
        return progress.hasFailures() ? Status.COMPLETED_WITH_FAILURES : Status.COMPLETED;
    }

    private boolean force() throws IOException {
        journal.force();
        unforced = 0;
        progress.addCheckpoint();
        return true;
    }

    private EvaluationException brokenBy(IOException e) {
        broken = true;
        return new EvaluationException(
                "cannot write the checkpoint " + files.checkpoint() + ": " + OutputFiles.reason(e), e);
    }

    private String id(Outcome outcome) {
        EvaluationItem<?> item = job.items().get(outcome.index());
        return item.id();
    }

    private void tell(Consumer<EvaluationListener> event) {
        try {
            event.accept(job.listener());
        } catch (Exception | Error e) { // whatever a listener throws, the job goes on
            log.warn("Job {}: its listener failed", job.id(), e);
        } finally {
            // A listener may leave the thread interrupted; the journal's channel would take that as an order to close.
            Thread.interrupted();
        }
    }
}

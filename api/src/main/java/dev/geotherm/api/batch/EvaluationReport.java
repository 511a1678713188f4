package dev.geotherm.api.batch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The final report of a job.
 *
 * @param id the job's id
 * @param status how the job ended
 * @param progress the final progress
 * @param batches batches evaluated since the job was started or resumed
 * @param retries calls of the function beyond the first one for each batch
 * @param checkpoints checkpoints written since the job was started or resumed
 * @param firstFailures the first 100 failures, those from a checkpoint first; the output has all of them
 * @param error the reason why the job stopped, if the status is {@link Status#FAILED}
 */
public record EvaluationReport(
        String id,
        Status status,
        EvaluationProgress progress,
        long batches,
        long retries,
        long checkpoints,
        List<ItemFailure> firstFailures,
        Optional<String> error) {

    /** Copies the list. */
    public EvaluationReport {
        firstFailures = List.copyOf(firstFailures);
    }

    /** Returns the time from the start or resumption of the job to its end. */
    public Duration elapsed() {
        return progress.elapsed();
    }

    /** The ways in which a job can end. */
    public enum Status {
        /** Every item succeeded; the output is written. */
        COMPLETED,
        /** Every item has an outcome and the output is written, but some items failed. */
        COMPLETED_WITH_FAILURES,
        /** The job was cancelled before the end; the checkpoint is written, the output is not. */
        CANCELLED,
        /**
         * The job could not continue: the checkpoint or the output could not be written (the error names the file), or the
         * JVM ran out of memory. Started again, the job resumes from its checkpoint.
         */
        FAILED
    }
}

package dev.geotherm.api.batch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a job ended.
 *
 * @param id the job's id
 * @param status how it ended
 * @param progress where it was at the end
 * @param batches batches that were evaluated since this start
 * @param retries calls of the function beyond each batch's first, since this start
 * @param checkpoints checkpoints that were written since this start
 * @param firstFailures the failures that came first, 100 at most, those from a checkpoint before the others; the output
 *     file has all
 * @param error what stopped the job, if it is {@link Status#FAILED}
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

    /** Returns the time from this start of the job to its end. */
    public Duration elapsed() {
        return progress.elapsed();
    }

    /** How a job can end. */
    public enum Status {
        /** Every item was evaluated; the output is written. */
        COMPLETED,
        /** Every item has its outcome and the output is written, but some items failed. */
        COMPLETED_WITH_FAILURES,
        /** It was cancelled before the end; the checkpoint is written, the output is not. */
        CANCELLED,
        /**
         * It could not go on: the checkpoint or the output could not be written, and the error names the file, or the JVM
         * ran out of memory. Started again, it resumes from what the checkpoint has.
         */
        FAILED
    }
}

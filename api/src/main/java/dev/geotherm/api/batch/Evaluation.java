package dev.geotherm.api.batch;

import java.time.Duration;
import java.util.Optional;

/** A started job. Safe for use by many threads. */
public interface Evaluation {

    /** Returns the job's id. */
    String id();

    /** Returns the current progress; the final one after the end. */
    EvaluationProgress progress();

    /**
     * Asks the job to stop soon, and returns at once: running batches are finished, no further batch is started. The
     * outcomes so far are in the checkpoint, from which the same job resumes. Idempotent; without effect on a job that
     * has ended.
     */
    void cancel();

    /**
     * Waits for the end of the job and returns the report.
     *
     * @throws IllegalStateException if the job's own function or listener calls this method: it would wait for itself
     */
    EvaluationReport await() throws InterruptedException;

    /**
     * Waits for the end of the job, but not longer than the limit.
     *
     * @param limit the longest wait; zero or less does not wait
     * @return the report, or empty if the job is still running
     * @throws IllegalStateException if the job's own function or listener calls this method: it would wait for itself
     */
    Optional<EvaluationReport> await(Duration limit) throws InterruptedException;
}

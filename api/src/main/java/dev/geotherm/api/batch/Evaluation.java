package dev.geotherm.api.batch;

import java.time.Duration;
import java.util.Optional;

/** A handle of a started job. Thread-safe. */
public interface Evaluation {

    /** Returns the job's id. */
    String id();

    /** Returns the current progress, or the final progress once the job has ended. */
    EvaluationProgress progress();

    /**
     * Requests the job to stop, and returns immediately: running batches are completed, and no new batch is started.
     * The checkpoint contains all outcomes so far, and the same job resumes from it. Idempotent; has no effect on a job
     * that has ended.
     */
    void cancel();

    /**
     * Waits for the end of the job and returns the report.
     *
     * @throws IllegalStateException if the job's own function or listener calls this method: it would wait for itself
     */
    EvaluationReport await() throws InterruptedException;

    /**
     * Waits for the end of the job, at most for the given time.
     *
     * @param limit the longest wait; zero or less does not wait
     * @return the report, or empty if the job is still running
     * @throws IllegalStateException if the job's own function or listener calls this method: it would wait for itself
     */
    Optional<EvaluationReport> await(Duration limit) throws InterruptedException;
}

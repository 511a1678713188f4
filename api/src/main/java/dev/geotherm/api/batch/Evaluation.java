package dev.geotherm.api.batch;

import java.time.Duration;
import java.util.Optional;

/** A job that was started. Safe for use by many threads. */
public interface Evaluation {

    /** Returns the job's id. */
    String id();

    /** Returns where the job is now. */
    EvaluationProgress progress();

    /**
     * Asks the job to stop soon: batches that run are finished, no other is begun. What was evaluated is checkpointed, so
     * that the same job resumes there. Idempotent; without effect on a job that has ended.
     */
    void cancel();

    /**
     * Waits for the end and returns the report.
     *
     * @throws IllegalStateException if the job's own function or listener calls it, which would wait for itself
     */
    EvaluationReport await() throws InterruptedException;

    /**
     * Waits for the end for a limited time, and returns the report, or nothing if the job still runs.
     *
     * @throws IllegalStateException if the job's own function or listener calls it, which would wait for itself
     */
    Optional<EvaluationReport> await(Duration limit) throws InterruptedException;
}

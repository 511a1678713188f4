package dev.geotherm.api.batch;

/**
 * A listener for the events of a job.
 *
 * <p>It is called in the order of the events, by one thread at a time, with no lock held. Its exceptions are logged and
 * otherwise ignored. The job waits for the listener, so it should return quickly. It may cancel the job, but must not
 * wait for it.
 */
public interface EvaluationListener {

    /** Returns a listener that does nothing. */
    static EvaluationListener none() {
        return new EvaluationListener() {};
    }

    /** Called after each batch. */
    default void onBatch(EvaluationProgress progress) {}

    /** Called when an item has failed, after its last attempt and before the event of its batch. */
    default void onFailure(ItemFailure failure) {}

    /** Called after each checkpoint: all outcomes so far now survive a crash and a power failure. */
    default void onCheckpoint(EvaluationProgress progress) {}
}

package dev.geotherm.api.batch;

/**
 * Somebody who is told how a job gets on.
 *
 * <p>Called outside of every lock, in the order of events, by one thread at a time. What a listener throws is logged and
 * changes nothing. The job waits for it, so it should be quick; it may cancel the job, but not wait for its end.
 */
public interface EvaluationListener {

    /** Returns a listener that does nothing. */
    static EvaluationListener none() {
        return new EvaluationListener() {};
    }

    /** Tells that a batch ended, and where the job is now. */
    default void onBatch(EvaluationProgress progress) {}

    /** Tells that an item failed, after its last try. */
    default void onFailure(ItemFailure failure) {}

    /** Tells that what was evaluated so far survives a crash from now on. */
    default void onCheckpoint(EvaluationProgress progress) {}
}

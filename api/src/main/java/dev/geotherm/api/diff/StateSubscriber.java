package dev.geotherm.api.diff;

/** A subscriber to a tracked state. */
@FunctionalInterface
public interface StateSubscriber {

    /**
     * Receives the next update: first a snapshot, then deltas, each of which continues at the revision of the last
     * update, or a snapshot instead of missed deltas. Called by one thread at a time.
     */
    void onUpdate(StateUpdate update);
}

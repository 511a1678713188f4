package dev.geotherm.api.diff;

/** A subscriber to a tracked state. */
@FunctionalInterface
public interface StateSubscriber {

    /**
     * Receives the next update: first a snapshot, then deltas that each start at the revision of the previous update,
     * or a snapshot in place of missed deltas. Called by one thread at a time.
     */
    void onUpdate(StateUpdate update);
}

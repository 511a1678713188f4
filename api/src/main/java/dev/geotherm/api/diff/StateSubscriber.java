package dev.geotherm.api.diff;

/** A subscriber to a tracked state. */
@FunctionalInterface
public interface StateSubscriber {

    /**
     * Receives the next update: first a snapshot, then deltas that each continue where the last update ended, or a
     * snapshot in place of deltas that were missed. Called by one thread at a time.
     */
    void onUpdate(StateUpdate update);
}

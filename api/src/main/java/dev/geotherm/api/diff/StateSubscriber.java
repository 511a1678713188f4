package dev.geotherm.api.diff;

/** Somebody who follows a tracked state. */
@FunctionalInterface
public interface StateSubscriber {

    /**
     * Takes the next update: a snapshot first, later deltas that each continue where the last update ended, or a
     * snapshot where deltas were missed. Called by one thread at a time.
     */
    void onUpdate(StateUpdate update);
}

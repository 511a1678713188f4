package dev.geotherm.api.diff;

/**
 * A copy of a tracked state elsewhere, kept up to date by the state's updates.
 *
 * <p>A replica starts without a state. It verifies each update. When a delta does not continue at the replica's revision,
 * or leads to another fingerprint than announced, the replica refuses it and every further delta until it receives a
 * snapshot, which its owner requests from the sender. An update is applied as a whole or not at all. Safe for use by many
 * threads; readers never block.
 */
public interface StateReplica {

    /** Applies an update, or refuses it. A delta costs time proportional to its changes. */
    Outcome apply(StateUpdate update);

    /** Returns whether the replica accepts nothing but a snapshot. */
    boolean needsSnapshot();

    /** Returns the revision of the state, or -1 before the first snapshot. */
    long revision();

    /**
     * Returns the newest verified state.
     *
     * @throws IllegalStateException before the first snapshot
     */
    StateSnapshot snapshot();

    /** The outcome of an update. */
    enum Outcome {
        /** The replica is now at the update's revision. */
        APPLIED,
        /** The replica was at that revision or a newer one already. */
        KNOWN,
        /** Updates before the delta are missing, or the replica needs a snapshot: request one. */
        GAP,
        /** The update does not fit, or leads to another state than its fingerprint says: request a snapshot. */
        DIVERGED
    }
}

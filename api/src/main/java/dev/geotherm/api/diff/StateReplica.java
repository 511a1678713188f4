package dev.geotherm.api.diff;

/**
 * A copy of a tracked state elsewhere, kept up to date by the state's updates.
 *
 * <p>A replica starts without a state. It verifies each update, and applies it as a whole or not at all. A delta that does
 * not continue at the replica's revision is refused as a gap: the replica stays at its revision, and goes on with whatever
 * leads on from there, such as {@link TrackedState#since} of that revision. After a delta or snapshot that leads to another
 * fingerprint than announced, the replica accepts nothing but a snapshot. Safe for use by many threads; readers never
 * block.
 */
public interface StateReplica {

    /** Applies an update, or refuses it. A delta costs time proportional to its changes. */
    Outcome apply(StateUpdate update);

    /** Returns whether the replica accepts nothing but a snapshot: before the first one, and after a divergence. */
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
        /**
         * Updates before the delta are missing: request those since {@link #revision}, or a snapshot if the replica needs
         * one.
         */
        GAP,
        /** The update does not fit, or leads to another state than its fingerprint says: request a snapshot. */
        DIVERGED
    }
}

package dev.geotherm.api.diff;

/**
 * A copy of a tracked state, for example in another process, kept up to date by the state's updates.
 *
 * <p>A replica starts without a state. It verifies each update, and applies it completely or not at all. A newer delta
 * that does not start at the replica's revision is refused as a gap: the replica stays at its revision, and continues
 * with an update from there, such as {@link TrackedState#since} returns. After an update that does not lead to the
 * announced fingerprint, the replica accepts only a snapshot. Thread-safe; readers never block.
 */
public interface StateReplica {

    /** Applies an update, or refuses it. A delta takes time proportional to its changes. */
    Outcome apply(StateUpdate update);

    /** Returns whether the replica accepts only a snapshot: before the first one, and after a divergence. */
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
        /** The replica was already at that revision or a newer one. */
        KNOWN,
        /**
         * Updates before the delta are missing: request those since {@link #revision}, or a snapshot if the replica needs
         * one.
         */
        GAP,
        /** The update does not apply, or the resulting state does not have its fingerprint: request a snapshot. */
        DIVERGED
    }
}

package dev.geotherm.api.diff;

/**
 * The receiving side of a tracked state: takes its updates, checks each, and says when it needs a snapshot.
 *
 * <p>It starts without a state. A delta that does not continue where this stands, or leads to another fingerprint than it
 * says, is not taken; from then on nothing but a snapshot is, which the receiver has to ask its sender for. What is
 * taken is taken whole. Safe for use by many threads; readers wait for nobody.
 */
public interface StateReplica {

    /** Takes an update, or refuses it; in time proportional to the changes of a delta. */
    Outcome apply(StateUpdate update);

    /** Returns whether nothing but a snapshot helps. */
    boolean needsSnapshot();

    /** Returns the revision of the state, or -1 before the first snapshot. */
    long revision();

    /**
     * Returns the newest state that was checked.
     *
     * @throws IllegalStateException before the first snapshot
     */
    StateSnapshot snapshot();

    /** What became of an update. */
    enum Outcome {
        /** The state is now that of the update's revision. */
        APPLIED,
        /** The state is of that revision or a newer one already. */
        KNOWN,
        /** Updates between this state and the delta are missing, or a snapshot was needed; ask for one. */
        GAP,
        /** The update does not fit, or leads to another state than its fingerprint says; ask for a snapshot. */
        DIVERGED
    }
}

package dev.geotherm.api.diff;

import dev.geotherm.delta.Fingerprint;

/** An update of a tracked state: a delta from the receiver's revision, or a snapshot. */
public sealed interface StateUpdate permits RevisionDelta, StateSnapshot {

    /** Returns the revision of the state after the update. */
    long revision();

    /**
     * Returns the fingerprint of the state at that revision for verification; it covers all paths, even ignored ones.
     */
    Fingerprint fingerprint();
}

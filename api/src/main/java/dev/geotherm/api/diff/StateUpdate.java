package dev.geotherm.api.diff;

/** What brings a receiver to a newer revision: a delta from the one it has, or the whole state. */
public sealed interface StateUpdate permits RevisionDelta, StateSnapshot {

    /** Returns the revision that the receiver has afterwards. */
    long revision();

    /** Returns the fingerprint of the state at that revision, all paths counted, for the receiver to check against. */
    Fingerprint fingerprint();
}

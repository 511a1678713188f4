package dev.geotherm.api.pool;

/** The reaction of a pool to the release of an object that is not in use there; such a release never has an effect. */
public enum WhenMisused {
    /** Throws {@link PoolMisuseException}. */
    REFUSE,
    /** Counts the release, and logs the first one of each pool with the caller's stack trace. */
    COUNT
}

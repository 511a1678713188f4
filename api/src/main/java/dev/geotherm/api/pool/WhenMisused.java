package dev.geotherm.api.pool;

/** What a pool does when an object is returned that is not in use there; whichever it is, the return has no effect. */
public enum WhenMisused {
    /** Throws {@link PoolMisuseException}. */
    REFUSE,
    /** Counts it, and logs the first one of each pool with the caller's stack. */
    COUNT
}

package dev.geotherm.api.pool;

/** What a pool does when an object is asked for and all that its bound allows are in use. */
public enum WhenExhausted {
    /** Makes one more, which is deallocated on its return: nobody waits, and the pool keeps its bound when idle. */
    ALLOCATE,
    /** Lets the caller wait for a limited time, first come, first served. */
    WAIT,
    /** Refuses at once. */
    FAIL
}

package dev.geotherm.api.pool;

/** The reaction of an exhausted pool to a request for an object. */
public enum WhenExhausted {
    /** Makes one more, which is deallocated when it is released: no caller waits, and no more than the bound are kept. */
    ALLOCATE,
    /** Blocks the caller for a limited time; waiters are served in the order of their arrival. */
    WAIT,
    /** Refuses at once. */
    FAIL
}

package dev.geotherm.api.pool;

/** The reaction of an exhausted pool to a request for an object. */
public enum WhenExhausted {
    /**
     * Creates one more, which is deallocated when it is released: no caller waits, and the pool keeps no more than its
     * bound.
     */
    ALLOCATE,
    /** Blocks the caller for a limited time; waiters are served in the order of their arrival. */
    WAIT,
    /** Refuses immediately. */
    FAIL
}

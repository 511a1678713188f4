package dev.geotherm.api.pool;

/** The reaction of an exhausted pool to a request for an object. */
public enum WhenExhausted {
    /**
     * Creates an object beyond the bound, which is deallocated when it is released: no caller waits, and the pool keeps
     * no more objects than its bound.
     */
    ALLOCATE,
    /** Blocks the caller for a limited time; waiters are served in FIFO order. */
    WAIT,
    /** Fails immediately. */
    FAIL
}

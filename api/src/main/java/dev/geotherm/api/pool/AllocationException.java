package dev.geotherm.api.pool;

import dev.geotherm.api.GeothermException;

/** Thrown when an {@link Allocator} fails to create an object; the cause is its exception. */
public final class AllocationException extends GeothermException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception for the pool of the given name. */
    public AllocationException(String pool, Throwable cause) {
        super("pool " + pool + ": the allocator failed: " + cause, cause);
    }
}

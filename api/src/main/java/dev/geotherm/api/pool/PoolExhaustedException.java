package dev.geotherm.api.pool;

import dev.geotherm.api.GeothermException;

/** Thrown when all objects of a pool are in use and its settings allow no more. */
public final class PoolExhaustedException extends GeothermException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message names the pool, its bound, and the setting that would change the outcome. */
    public PoolExhaustedException(String message) {
        super(message);
    }
}

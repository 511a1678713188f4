package dev.geotherm.api.pool;

import dev.geotherm.api.GeothermException;

/** Every object of a pool is in use, and the pool's settings do not let the caller have another one. */
public final class PoolExhaustedException extends GeothermException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message names the pool, its bound, and the setting that would change the outcome. */
    public PoolExhaustedException(String message) {
        super(message);
    }
}

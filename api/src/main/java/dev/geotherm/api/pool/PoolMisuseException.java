package dev.geotherm.api.pool;

/** An object was given to a pool that has not handed it out: returned twice, after a discard, or to the wrong pool. */
public final class PoolMisuseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message names the pool and the object. */
    public PoolMisuseException(String message) {
        super(message);
    }
}

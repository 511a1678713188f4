package dev.geotherm.api.pool;

/** Thrown on misuse of a pool: a double release, a release after a discard, or a foreign object. */
public final class PoolMisuseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message names the pool and the object. */
    public PoolMisuseException(String message) {
        super(message);
    }
}

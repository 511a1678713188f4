package dev.geotherm.api.pool;

/**
 * The right to use one pooled object until {@link #close()}.
 *
 * <p>A lease belongs to one holder, which may be handed from thread to thread but not shared by two at once.
 *
 * @param <T> what is pooled
 */
public interface Lease<T> extends AutoCloseable {

    /**
     * Returns the object.
     *
     * @throws IllegalStateException if the lease is closed
     */
    T get();

    /**
     * Releases the object.
     *
     * <p>Idempotent: a second call does nothing, even when the object serves another holder by then. So the object of a
     * lease is never taken from its next holder, and {@link ObjectPool#release} with it is refused.
     */
    @Override
    void close();
}

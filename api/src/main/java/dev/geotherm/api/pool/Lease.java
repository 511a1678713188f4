package dev.geotherm.api.pool;

/**
 * The right to use one pooled object until {@link #close()} or {@link #discard()}.
 *
 * <p>A lease belongs to one holder, which may be handed from thread to thread but not shared by two at once.
 *
 * @param <T> what is pooled
 */
public interface Lease<T> extends AutoCloseable {

    /**
     * Returns the object.
     *
     * @throws IllegalStateException if the lease is over
     */
    T get();

    /**
     * Releases the object, unless the lease is over.
     *
     * <p>Idempotent: a second call does nothing, even when the object serves another holder by then. So the object of a
     * lease is never taken from its next holder, and {@link ObjectPool#release} with it is refused.
     */
    @Override
    void close();

    /**
     * Ends the lease of an object that must not be used again, because its holder found it broken: the object is
     * deallocated rather than kept, and its place is free. Does nothing if the lease is over.
     *
     * <p>The lease may still be closed, which does nothing then; so this is for use inside of a try-with-resources
     * statement. What the allocator throws is logged, not thrown.
     */
    void discard();
}

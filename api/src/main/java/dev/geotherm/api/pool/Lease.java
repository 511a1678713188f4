package dev.geotherm.api.pool;

/**
 * A lease of one pooled object, which lasts until {@link #close()} or {@link #discard()}.
 *
 * <p>A lease may be passed from thread to thread, but two threads must not use it at once.
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
     * <p>Idempotent: a second call does nothing, even if the object has another borrower by then. The object of a lease
     * can only be released by the lease: {@link ObjectPool#release} refuses it.
     */
    @Override
    void close();

    /**
     * Ends the lease of an object that must not be used again, because its borrower found it broken: the pool deallocates
     * it and its capacity is free. Does nothing if the lease is over.
     *
     * <p>The lease may still be closed afterwards, which does nothing; so this can be called inside a try-with-resources
     * statement. Exceptions of the allocator are logged, not thrown.
     */
    void discard();
}

package dev.geotherm.api.pool;

/**
 * A lease of one pooled object, until {@link #close()} or {@link #discard()}.
 *
 * <p>A lease may be passed between threads, but two threads must not use it concurrently.
 *
 * @param <T> the type of the pooled object
 */
public interface Lease<T> extends AutoCloseable {

    /**
     * Returns the object.
     *
     * @throws IllegalStateException if the lease has ended
     */
    T get();

    /**
     * Releases the object, unless the lease has ended.
     *
     * <p>Idempotent: a second call does nothing, even if the object already has another borrower. Only the lease can
     * release its object: {@link ObjectPool#release} refuses it.
     */
    @Override
    void close();

    /**
     * Ends the lease of a broken object: the pool deallocates the object and frees its capacity. Does nothing if the
     * lease has ended.
     *
     * <p>Closing the lease afterwards does nothing, so this can be called inside a try-with-resources statement.
     * Exceptions of the allocator are logged, not thrown.
     */
    void discard();
}

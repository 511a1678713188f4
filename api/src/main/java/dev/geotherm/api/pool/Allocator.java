package dev.geotherm.api.pool;

/**
 * An allocator of the objects of one pool: creates, resets, validates and disposes of them.
 *
 * <p>Many threads call it concurrently, but never for the same object at the same time, and never while the pool holds
 * a lock. The effects of one call on an object are visible to the next.
 *
 * @param <T> the type of the pooled objects
 */
public interface Allocator<T> {

    /**
     * Creates an object that is ready for use.
     *
     * @return an object that this allocator has not returned before, by identity
     * @throws Exception if no object can be created; it becomes the cause of the {@link AllocationException} that
     *     {@link ObjectPool#acquire} throws
     */
    T allocate() throws Exception;

    /**
     * Resets a released object to the state of a new one, so that it keeps neither garbage nor secrets of the last
     * borrower.
     *
     * @throws Exception if that fails; the pool then discards the object
     */
    void reset(T object) throws Exception;

    /**
     * Returns whether an idle object is valid; the pool calls this just before the object is acquired.
     *
     * <p>If the result is false or an exception, the pool discards the object and tries the next one.
     */
    default boolean validate(T object) {
        return true;
    }

    /** Disposes of an object that will not be used again; the pool logs exceptions. */
    default void deallocate(T object) {}

    /**
     * Returns the size of the object in bytes, for {@link PoolMetrics#allocationAvoided}, or 0 if it is not known. The
     * pool calls this once for each object, right after its allocation.
     */
    default long sizeInBytes(T object) {
        return 0;
    }
}

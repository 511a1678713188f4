package dev.geotherm.api.pool;

/**
 * An allocator of the objects of one pool: it makes, resets, validates and disposes of them.
 *
 * <p>Many threads call it at once, but never for the same object at the same time, and never while the pool holds a lock.
 * What one method did to an object is visible to the next.
 *
 * @param <T> what is pooled
 */
public interface Allocator<T> {

    /**
     * Makes an object, ready for use.
     *
     * @return an object that this allocator has not returned before, by identity
     * @throws Exception if there can be no object; it becomes the cause of the {@link AllocationException} that
     *     {@link ObjectPool#acquire} throws
     */
    T allocate() throws Exception;

    /**
     * Brings a released object into the state of a new one, so that it keeps neither garbage nor secrets of its last
     * borrower.
     *
     * @throws Exception if that fails; the pool then discards the object
     */
    void reset(T object) throws Exception;

    /**
     * Returns whether an idle object may be acquired; the pool asks just before it is.
     *
     * <p>On false or an exception the pool discards the object and tries the next one.
     */
    default boolean validate(T object) {
        return true;
    }

    /** Disposes of an object that is never used again; the pool logs exceptions. */
    default void deallocate(T object) {}

    /**
     * Returns the size of the object in bytes, for {@link PoolMetrics#allocationAvoided}, or 0 if it is not known. The pool
     * asks once for each object, right after its allocation.
     */
    default long sizeInBytes(T object) {
        return 0;
    }
}

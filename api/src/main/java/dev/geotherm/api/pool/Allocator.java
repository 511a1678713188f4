package dev.geotherm.api.pool;

/**
 * Makes, resets, checks and disposes of the objects of one pool.
 *
 * <p>Called by many threads at once, never for the same object at the same time, and never while the pool holds a lock.
 * What one method did to an object is visible to the next.
 *
 * @param <T> what is pooled
 */
public interface Allocator<T> {

    /**
     * Makes an object, ready for use.
     *
     * @return an object that this allocator has not returned before, by identity
     * @throws Exception to refuse; it reaches the caller of {@link ObjectPool#acquire} as the cause of an
     *     {@link AllocationException}
     */
    T allocate() throws Exception;

    /**
     * Brings an object that was released into the state of a new one, so that it keeps neither garbage nor secrets of
     * its last holder.
     *
     * @throws Exception to have the object discarded
     */
    void reset(T object) throws Exception;

    /**
     * Returns whether an idle object may be handed out; asked just before it is.
     *
     * <p>False, or an exception, has the object discarded and the next one tried.
     */
    default boolean validate(T object) {
        return true;
    }

    /** Disposes of an object that is never used again; exceptions are logged. */
    default void deallocate(T object) {}

    /**
     * Returns how many bytes the object occupies, for the measure of memory saved, or 0 when it is not known; asked once
     * for each object, right after its allocation.
     */
    default long sizeInBytes(T object) {
        return 0;
    }
}

package dev.geotherm.api.pool;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A bounded, thread-safe object pool. Each object has at most one borrower at a time.
 *
 * <p>There are three ways to borrow an object: {@link #acquire} and {@link #release}; a {@link #lease} in a
 * try-with-resources statement; and {@link #use}. Any thread, platform or virtual, may release an object that another
 * thread acquired. The pool never blocks unless its settings say {@link WhenExhausted#WAIT}.
 *
 * <p>Rules for borrowers: release each object once, and do not use it afterwards.
 *
 * @param <T> the type of the pooled objects
 */
public interface ObjectPool<T> extends AutoCloseable {

    /** Returns the name under which the pool was opened. */
    String name();

    /**
     * Acquires an object that has no other borrower: a valid idle one, or a new one.
     *
     * @throws PoolExhaustedException if all objects are in use and the settings say to fail, or to wait and the wait
     *     timed out or the thread was interrupted (its interrupt status stays set)
     * @throws AllocationException if the allocator failed; no capacity is lost
     * @throws IllegalStateException if the pool is closed
     */
    T acquire();

    /**
     * Releases an object: the pool resets it and keeps it for the next borrower, or deallocates it if the pool has
     * enough objects, is closed, or the reset fails (which is counted and logged, not thrown).
     *
     * @throws PoolMisuseException on a double release or a foreign object: the object was already released or
     *     discarded, is held by a lease, or does not belong to this pool; nothing changes, except that the refusal is
     *     counted. If the settings say {@link WhenMisused#COUNT}, nothing is thrown
     */
    void release(T object);

    /**
     * Takes back a broken object and deallocates it. For the object of a lease, use {@link Lease#discard}.
     *
     * @throws PoolMisuseException as {@link #release} does
     */
    void discard(T object);

    /** Acquires an object and returns a lease that releases it; fails as {@link #acquire} does. */
    Lease<T> lease();

    /** Acquires an object, applies the function to it, releases it, and returns the function's result. */
    default <R> R use(Function<? super T, ? extends R> function) {
        T object = acquire();
        try {
            return function.apply(object);
        } finally {
            release(object);
        }
    }

    /** Acquires an object, passes it to the consumer, and releases it. */
    default void run(Consumer<? super T> consumer) {
        T object = acquire();
        try {
            consumer.accept(object);
        } finally {
            release(object);
        }
    }

    /**
     * Cleans up immediately instead of at the next interval: deallocates idle objects beyond recent demand.
     *
     * @return how many objects were deallocated
     */
    int cleanUp();

    /** Returns the metrics of this pool. */
    PoolMetrics metrics();

    /**
     * Closes the pool: deallocates the idle objects and fails every waiter with {@link IllegalStateException}.
     *
     * <p>Objects in use stay usable; each is deallocated when it is released. Idempotent.
     */
    @Override
    void close();
}

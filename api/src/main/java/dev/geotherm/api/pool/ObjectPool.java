package dev.geotherm.api.pool;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A bounded, thread-safe object pool. Each object has at most one borrower at a time.
 *
 * <p>There are three ways to borrow an object: {@link #acquire} and {@link #release}; a {@link #lease} in a
 * try-with-resources statement; and {@link #use}. Any thread, platform or virtual, may release what another acquired.
 * The pool never blocks unless its settings say {@link WhenExhausted#WAIT}.
 *
 * <p>Rules for borrowers: release each object once, and do not touch it afterwards.
 *
 * @param <T> what is pooled
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
     * Releases an object: the pool resets it and keeps it for the next borrower, or deallocates it if it has enough, is
     * closed, or the reset fails (which is counted and logged, not thrown).
     *
     * @throws PoolMisuseException on a double release or a foreign object: the object was released or discarded before, is
     *     held by a lease, or is not of this pool; nothing changes, except that the refusal is counted (and nothing is
     *     thrown where the settings say {@link WhenMisused#COUNT})
     */
    void release(T object);

    /**
     * Takes back an object that must not be used again, because its borrower found it broken, and deallocates it. For the
     * object of a lease use {@link Lease#discard}.
     *
     * @throws PoolMisuseException as {@link #release} does
     */
    void discard(T object);

    /** Acquires an object and returns the lease that releases it; fails as {@link #acquire} does. */
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

    /** Acquires an object, gives it to the consumer, and releases it. */
    default void run(Consumer<? super T> consumer) {
        T object = acquire();
        try {
            consumer.accept(object);
        } finally {
            release(object);
        }
    }

    /**
     * Cleans up now instead of at the next interval: deallocates the idle objects that recent demand does not need.
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

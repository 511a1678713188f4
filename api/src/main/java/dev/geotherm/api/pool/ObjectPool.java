package dev.geotherm.api.pool;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A bounded set of objects of one type that are handed out, each to one holder at a time, and used again.
 *
 * <p>There are three ways to hold an object: {@link #acquire} and {@link #release}; a {@link #lease} in a
 * try-with-resources statement; and {@link #use}. Any thread, platform or virtual, may release what another acquired.
 * The pool blocks nobody unless its settings tell it to wait when all objects are in use.
 *
 * <p>Rules for holders: release each object once, do not touch it afterwards.
 *
 * @param <T> what is pooled
 */
public interface ObjectPool<T> extends AutoCloseable {

    /** Returns the name under which the pool was opened. */
    String name();

    /**
     * Hands out an object that nobody else holds: an idle one that is still valid, or a new one.
     *
     * @throws PoolExhaustedException if all objects are in use and the settings say to fail, or to wait and the wait
     *     timed out or the thread was interrupted (it then is still marked as interrupted)
     * @throws AllocationException if the allocator failed; the capacity is unharmed
     * @throws IllegalStateException if the pool is closed
     */
    T acquire();

    /**
     * Takes an object back: resets it and keeps it for the next holder, or deallocates it when the pool holds enough, is
     * closed, or the reset fails (which is counted and logged, not thrown).
     *
     * @throws PoolMisuseException if the object is not in use here: it was returned before, was discarded, is held by a
     *     lease, or is not of this pool; nothing changes, except that the refusal is counted (and nothing is thrown
     *     where the settings say {@link WhenMisused#COUNT})
     */
    void release(T object);

    /**
     * Takes back an object that must not be used again, because its holder found it broken, and deallocates it; for the
     * object of a lease see {@link Lease#discard}.
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
     * Cleans up now rather than at the next interval: deallocates idle objects beyond what recent demand calls for.
     *
     * @return how many objects were deallocated
     */
    int cleanUp();

    /** Returns what this pool has done so far. */
    PoolMetrics metrics();

    /**
     * Deallocates the idle objects and wakes up every waiter with {@link IllegalStateException}.
     *
     * <p>Objects in use stay usable; each is deallocated when it is released. Idempotent.
     */
    @Override
    void close();
}

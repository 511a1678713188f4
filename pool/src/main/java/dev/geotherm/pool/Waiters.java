package dev.geotherm.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The callers who wait for a pool, first come, first served.
 *
 * <p>Whoever joins says so before it looks for an idle object once more, and a return looks for waiters after it made its
 * object idle. As a return is a plain store, a processor may for a moment show neither to the other; see
 * {@link HandOver#attend}.
 */
final class Waiters<T> {
    private static final AtomicIntegerFieldUpdater<Waiters<?>> COUNT = updater();

    private final Queue<Waiter<T>> queue = new ConcurrentLinkedQueue<>();

    /** At least as many as wait: all that a return must know. */
    private volatile int count;

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal of a generic type is raw
    private static AtomicIntegerFieldUpdater<Waiters<?>> updater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(Waiters.class, "count");
    }

    void join(Waiter<T> waiter) {
        COUNT.incrementAndGet(this);
        queue.add(waiter);
    }

    /** Takes note that a waiter was served or gave up. */
    void leave(Waiter<T> waiter) {
        if (!waiter.wasServed()) {
            queue.remove(waiter);
        }
        COUNT.decrementAndGet(this);
    }

    /** Returns whether somebody may wait; one volatile read. */
    boolean any() {
        return count != 0;
    }

    /** Returns who is next, or null. */
    @Nullable
    Waiter<T> peek() {
        return queue.peek();
    }

    /** Takes who is next, or null; it may have given up. */
    @Nullable
    Waiter<T> poll() {
        return queue.poll();
    }

    void wakeAll() {
        queue.forEach(Waiter::wake);
    }
}

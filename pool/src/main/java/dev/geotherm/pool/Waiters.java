package dev.geotherm.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The callers who wait for a pool, first come, first served.
 *
 * <p>Whoever joins says so before it looks for an idle object once more, and a return looks for waiters after it made its
 * object idle. As a return is a plain store, a processor may for a moment show neither to the other; see
 * {@link StripedPool#attend}.
 */
final class Waiters<T> {
    private final Queue<Waiter<T>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    void join(Waiter<T> waiter) {
        waiting.incrementAndGet();
        queue.add(waiter);
    }

    /** Takes note that a waiter was served or gave up. */
    void leave(Waiter<T> waiter) {
        if (!waiter.wasServed()) {
            queue.remove(waiter);
        }
        waiting.decrementAndGet();
    }

    /** Returns whether somebody may wait; one volatile read. */
    boolean any() {
        return waiting.get() != 0;
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

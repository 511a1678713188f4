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
    private static final AtomicIntegerFieldUpdater<Waiters<?>> ALERT = updater();
    private static final int EXACT = 1 << 30;

    private final Queue<Waiter<T>> queue = new ConcurrentLinkedQueue<>();

    /** How many wait, and whether each return is to be exact: all that a return must know, in one word. */
    private volatile int alert;

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal of a generic type is raw
    private static AtomicIntegerFieldUpdater<Waiters<?>> updater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(Waiters.class, "alert");
    }

    /** Says whether each return is made by a compare-and-set, even when nobody waits; for one thread at a time. */
    void setExact(boolean exact) {
        if (exact != alert >= EXACT) {
            ALERT.addAndGet(this, exact ? EXACT : -EXACT);
        }
    }

    void join(Waiter<T> waiter) {
        ALERT.incrementAndGet(this);
        queue.add(waiter);
    }

    /** Takes note that a waiter was served or gave up. */
    void leave(Waiter<T> waiter) {
        if (!waiter.wasServed()) {
            queue.remove(waiter);
        }
        ALERT.decrementAndGet(this);
    }

    /** Returns whether somebody may wait, or each return is to be exact; one volatile read. */
    boolean areAlert() {
        return alert != 0;
    }

    /** Returns whether somebody may wait. */
    boolean any() {
        return (alert & ~EXACT) != 0;
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

package dev.geotherm.pool.striped;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The callers who wait for a pool, first come, first served.
 *
 * <p>Who joins as the first says so before it looks for an idle object once more, and a return looks for waiters after it made its
 * object idle. As a return is a plain store, a processor may for a moment show neither to the other; see
 * {@link Handoff#attend}.
 *
 * <p>One of them has the watch: it wakes at short intervals and looks whether somebody can be served, or has waited for long
 * enough. So the others need no timer each, which costs as much as all the rest of a hand-over. Who had the watch and leaves
 * gives it to the last, who stays for longest.
 */
final class WaitQueue<T> {
    private static final AtomicIntegerFieldUpdater<WaitQueue<?>> COUNT = updater();

    private final Queue<Waiter<T>> queue = new ConcurrentLinkedQueue<>();

    private final AtomicReference<@Nullable Waiter<T>> watch = new AtomicReference<>();

    /** At least as many as wait: all that a return must know. */
    private volatile int count;

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal of a generic type is raw
    private static AtomicIntegerFieldUpdater<WaitQueue<?>> updater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(WaitQueue.class, "count");
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
        if (watch.get() == waiter) {
            passOnWatch(waiter);
        }
    }

    /** Returns whether a waiter has the watch; it takes it if nobody has it. */
    boolean watches(Waiter<T> waiter) {
        Waiter<T> on = watch.get();
        return on == waiter || (on == null && watch.compareAndSet(null, waiter));
    }

    private void passOnWatch(Waiter<T> waiter) {
        Waiter<T> from = waiter;
        while (from != null && watch.compareAndSet(from, null)) {
            Waiter<T> last = last();
            if (last == null || !watch.compareAndSet(null, last)) {
                return;
            }
            last.wake();
            from = last.waits() ? null : last; // it may have left without knowing
        }
    }

    private @Nullable Waiter<T> last() {
        Waiter<T> last = null;
        for (Waiter<T> waiter : queue) {
            last = waiter;
        }
        return last;
    }

    /** Wakes those who have no timer of their own and less than so many nanoseconds left. */
    void wakeDue(long soon) {
        queue.forEach(waiter -> waiter.wakeIfDue(soon));
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

package dev.geotherm.pool.striped;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a pool's waiters, served in the order of their arrival.
 *
 * <p>The first waiter joins before it checks for an idle object once more, and a release checks for waiters after it made
 * its object idle. As a release is a plain store, a processor may for a moment show neither to the other; see
 * {@link Handoff#attend}.
 *
 * <p>One waiter is the watcher: it wakes at short intervals and checks whether any waiter can be served or has reached its
 * limit. So the others need no timers, which would cost as much as all the rest of a hand-off. A watcher that leaves passes
 * the role to the last waiter, which will stay for the longest time.
 */
final class WaitQueue<T> {
    private static final AtomicIntegerFieldUpdater<WaitQueue<?>> COUNT = updater();

    private final Queue<Waiter<T>> queue = new ConcurrentLinkedQueue<>();

    private final AtomicReference<@Nullable Waiter<T>> watch = new AtomicReference<>();

    /** An upper bound of the number of waiters: all that a release must know. */
    private volatile int count;

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal of a generic type is raw
    private static AtomicIntegerFieldUpdater<WaitQueue<?>> updater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(WaitQueue.class, "count");
    }

    void join(Waiter<T> waiter) {
        COUNT.incrementAndGet(this);
        queue.add(waiter);
    }

    /** Removes a waiter that was served or gave up. */
    void leave(Waiter<T> waiter) {
        if (!waiter.wasServed()) {
            queue.remove(waiter);
        }
        COUNT.decrementAndGet(this);
        if (watch.get() == waiter) {
            passOnWatch(waiter);
        }
    }

    /** Returns whether a waiter is the watcher; it becomes the watcher if there is none. */
    boolean isWatcher(Waiter<T> waiter) {
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
            from = last.waits() ? null : last; // it may have left before it saw that
        }
    }

    private @Nullable Waiter<T> last() {
        Waiter<T> last = null;
        for (Waiter<T> waiter : queue) {
            last = waiter;
        }
        return last;
    }

    /** Wakes the waiters that sleep without a limit and have less than that left, in nanoseconds. */
    void wakeDue(long soon) {
        queue.forEach(waiter -> waiter.wakeIfDue(soon));
    }

    /** Returns whether there may be waiters; one volatile read. */
    boolean any() {
        return count != 0;
    }

    /** Returns the next waiter, or null. */
    @Nullable
    Waiter<T> peek() {
        return queue.peek();
    }

    /** Takes the next waiter, which may have given up, or null. */
    @Nullable
    Waiter<T> poll() {
        return queue.poll();
    }

    void wakeAll() {
        queue.forEach(Waiter::wake);
    }
}

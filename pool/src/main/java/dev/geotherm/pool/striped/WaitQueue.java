package dev.geotherm.pool.striped;

import org.jspecify.annotations.Nullable;

/**
 * The FIFO queue of a pool's waiters.
 *
 * <p>The first waiter enters the queue before it checks again for an idle object, and a release checks for waiters
 * after it has made its object idle. Because a release is a plain store, neither may see the other for a moment; see
 * {@link Handoff#serveWaiters}.
 *
 * <p>One waiter is the watcher: it wakes at short intervals and checks whether any waiter can be served or has reached
 * its limit. The others therefore need no timers, which would cost as much as the rest of a hand-off. A watcher that
 * leaves passes its role to the last waiter, which will wait longest.
 *
 * <p>The monitor guards the links and the results of waiters. Each change is a few stores without a call in between, so
 * that no error can occur between them; see {@link Inventory}.
 */
final class WaitQueue<T> {
    /** The result of a waiter that gave up. */
    static final Object ABANDONED = new Object();

    private @Nullable Waiter<T> first;
    private @Nullable Waiter<T> last;
    private @Nullable Waiter<T> watcher;

    /** The waiters that have a result but could not be woken. */
    private @Nullable Waiter<T> unwoken;

    /** The number of waiters in the queue: the only information that a release needs. Written with the monitor held. */
    private volatile int count;

    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    synchronized void join(Waiter<T> waiter) {
        Waiter<T> before = last;
        waiter.previous = before;
        if (before == null) {
            first = waiter;
        } else {
            before.next = waiter;
        }
        last = waiter;
        waiter.queued = true;
        count++;
    }

    /** Removes a waiter that was served or gave up; returns the next watcher if it must be woken, or null. */
    @Nullable
    synchronized Waiter<T> leave(Waiter<T> waiter) {
        unlink(waiter);
        if (watcher != waiter) {
            return null;
        }
        watcher = last;
        return watcher;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    private void unlink(Waiter<T> waiter) {
        if (!waiter.queued) {
            return;
        }
        Waiter<T> before = waiter.previous;
        Waiter<T> after = waiter.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        waiter.previous = null;
        waiter.next = null;
        waiter.queued = false;
        count--;
    }

    synchronized boolean isFirst(Waiter<T> waiter) {
        return first == waiter;
    }

    /** Returns whether a waiter is the watcher; it becomes the watcher if no other exists. */
    synchronized boolean isWatcher(Waiter<T> waiter) {
        if (watcher == null) {
            watcher = waiter;
        }
        return watcher == waiter;
    }

    /**
     * Passes a slot or a position that the pool owns to the first waiter that still waits, removes that waiter from the
     * queue and wakes it; returns false if no waiter is left. If it fails, no waiter received anything.
     */
    boolean give(Object what) {
        Waiter<T> waiter = null;
        synchronized (this) {
            while (first != null) {
                waiter = first;
                unlink(waiter);
                if (waiter.given == null) {
                    waiter.given = what;
                    break;
                }
                waiter = null;
            }
        }
        if (waiter == null) {
            return false;
        }
        try {
            waiter.wake();
        } catch (Throwable failed) { // the waiter still has its result; the watcher or a sweep wakes it
            synchronized (this) {
                waiter.next = unwoken;
                unwoken = waiter;
            }
        }
        return true;
    }

    /** Ends a waiter's wait without a result, unless it already has one. */
    synchronized void abandonWait(Waiter<T> waiter) {
        if (waiter.given == null) {
            waiter.given = ABANDONED;
        }
    }

    /** Wakes the waiters that sleep without a limit and have less than the given nanoseconds left. */
    synchronized void wakeDue(long soon) {
        wakeUnwoken();
        for (Waiter<T> waiter = first; waiter != null; waiter = waiter.next) {
            waiter.wakeIfDue(soon);
        }
    }

    private void wakeUnwoken() {
        for (Waiter<T> waiter = unwoken; waiter != null; waiter = unwoken) {
            waiter.wake();
            unwoken = waiter.next;
        }
    }

    /**
     * Removes the waiters of threads that left because of an error, and appoints another watcher if the watcher was one
     * of them.
     */
    synchronized void repair() {
        wakeUnwoken();
        for (Waiter<T> waiter = first; waiter != null; ) {
            Waiter<T> next = waiter.next;
            if (waiter.given == ABANDONED) {
                unlink(waiter);
            }
            waiter = next;
        }
        if (watcher != null && watcher.isDead) {
            watcher = last;
        }
        if (watcher != null) {
            watcher.wake();
        }
    }

    /** Returns whether there may be waiters; one volatile read. */
    boolean any() {
        return count != 0;
    }

    synchronized void wakeAll() {
        for (Waiter<T> waiter = first; waiter != null; waiter = waiter.next) {
            waiter.wake();
        }
    }
}

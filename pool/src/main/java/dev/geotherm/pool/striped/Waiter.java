package dev.geotherm.pool.striped;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A waiting caller. It receives a claimed {@link Slot} or a {@link Reservation} to allocate for, or it abandons its
 * wait.
 */
final class Waiter<T> {
    private final Thread thread = Thread.currentThread();
    private final long start = System.nanoTime();
    private final long limit;

    /** The result, or {@link WaitQueue#ABANDONED}; written once, with the monitor of the queue held. */
    volatile @Nullable Object given;

    /** Links of the queue, guarded by its monitor. */
    @Nullable
    Waiter<T> previous;

    @Nullable
    Waiter<T> next;

    boolean queued;

    /** Whether the thread left because of an error. */
    volatile boolean isDead;

    /** Whether the waiter wakes by itself at its limit. */
    private volatile boolean timed;

    /** Creates a waiter for the current thread, which waits at most the given number of nanoseconds. */
    Waiter(long limit) {
        this.limit = limit;
    }

    long waited() {
        return System.nanoTime() - start;
    }

    /** Returns the remaining nanoseconds. */
    long left() {
        return limit - waited();
    }

    /**
     * Sleeps until it has a result, is woken, or the time is over; {@code reliesOnOthers} leaves the timeout to the
     * watcher.
     */
    void sleep(Object blocker, long nanos, boolean reliesOnOthers) {
        timed = !reliesOnOthers;
        if (timed) {
            LockSupport.parkNanos(blocker, nanos);
        } else {
            LockSupport.park(blocker);
        }
    }

    /**
     * Wakes the waiter if less than the given time is left, so that it then sleeps with a limit, unless it already
     * does.
     */
    void wakeIfDue(long soon) {
        if (!timed && left() <= soon) {
            wake();
        }
    }

    boolean waits() {
        return given == null;
    }

    void wake() {
        LockSupport.unpark(thread);
    }
}

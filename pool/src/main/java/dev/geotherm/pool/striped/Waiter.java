package dev.geotherm.pool.striped;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A waiting caller. It is given a claimed {@link Slot}, or a {@link Reservation} to allocate into, or it gives up. */
final class Waiter<T> {
    private final Thread thread = Thread.currentThread();
    private final long start = System.nanoTime();
    private final long limit;

    /** What it was given, or {@link WaitQueue#GONE}; written once, with the monitor of the queue held. */
    volatile @Nullable Object given;

    /** Links of the queue, guarded by its monitor. */
    @Nullable
    Waiter<T> previous;

    @Nullable
    Waiter<T> next;

    boolean queued;

    /** Whether its thread left because of an error. */
    volatile boolean isDead;

    /** Whether it wakes by itself at its limit. */
    private volatile boolean timed;

    /** Creates a waiter for the calling thread, which waits for the given number of nanoseconds at most. */
    Waiter(long limit) {
        this.limit = limit;
    }

    long waited() {
        return System.nanoTime() - start;
    }

    /** Returns how many nanoseconds are left. */
    long left() {
        return limit - waited();
    }

    /** Sleeps until it is given something, is woken, or the time is over; in the latter case it may rely on the watcher. */
    void sleep(Object blocker, long nanos, boolean reliesOnOthers) {
        timed = !reliesOnOthers;
        if (timed) {
            LockSupport.parkNanos(blocker, nanos);
        } else {
            LockSupport.park(blocker);
        }
    }

    /** Wakes it, so that it sleeps with a limit from now on, if less than that is left and it does not yet. */
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

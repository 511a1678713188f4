package dev.geotherm.pool.striped;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A waiting caller. It is given a claimed {@link Slot}, or a {@link Reservation} to allocate into, or it gives up. */
final class Waiter<T> {
    private static final Object GONE = new Object();

    private final Thread thread = Thread.currentThread();
    private final AtomicReference<@Nullable Object> given = new AtomicReference<>();
    private final long start = System.nanoTime();
    private final long limit;

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

    /** Gives a slot that the pool owns; returns false if the waiter has gone. */
    boolean offer(Slot<T> slot) {
        return give(slot);
    }

    /** Gives a reserved position; returns false if the waiter has gone. */
    boolean offer(Reservation<T> reservation) {
        return give(reservation);
    }

    private boolean give(Object what) {
        boolean taken = given.compareAndSet(null, what);
        if (taken) {
            LockSupport.unpark(thread);
        }
        return taken;
    }

    /** Gives up; returns false if something was given first. */
    boolean giveUp() {
        return given.compareAndSet(null, GONE);
    }

    boolean waits() {
        return given.get() == null;
    }

    boolean wasServed() {
        Object what = given.get();
        return what != null && what != GONE;
    }

    @Nullable
    @SuppressWarnings("unchecked") // only slots of the pool are offered
    Slot<T> slot() {
        return given.get() instanceof Slot<?> slot ? (Slot<T>) slot : null;
    }

    @Nullable
    @SuppressWarnings("unchecked") // only positions of the pool are offered
    Reservation<T> reservation() {
        return given.get() instanceof Reservation<?> reservation ? (Reservation<T>) reservation : null;
    }

    void wake() {
        LockSupport.unpark(thread);
    }
}

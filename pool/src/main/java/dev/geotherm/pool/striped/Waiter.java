package dev.geotherm.pool.striped;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A caller who waits: it is given a claimed {@link Slot}, or a {@link Reservation} to allocate into, or it gives up. */
final class Waiter<T> {
    private static final Object GONE = new Object();

    private final Thread thread = Thread.currentThread();
    private final AtomicReference<@Nullable Object> given = new AtomicReference<>();
    private final long start = System.nanoTime();
    private final long limit;

    /** Whether it wakes by itself when its time is over. */
    private volatile boolean timed;

    /** Makes the calling thread wait for so many nanoseconds at most. */
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

    /** Sleeps until it is given something or woken, or the time is over, which it may rely on others for. */
    void sleep(Object blocker, long nanos, boolean reliesOnOthers) {
        timed = !reliesOnOthers;
        if (timed) {
            LockSupport.parkNanos(blocker, nanos);
        } else {
            LockSupport.park(blocker);
        }
    }

    /** Has it sleep by the clock if it does not and less than that is left. */
    void wakeIfDue(long soon) {
        if (!timed && left() <= soon) {
            wake();
        }
    }

    /** Gives a slot that the pool owns; returns false if nobody waits here any more. */
    boolean offer(Slot<T> slot) {
        return give(slot);
    }

    /** Gives a place; returns false if nobody waits here any more. */
    boolean offer(Reservation<T> place) {
        return give(place);
    }

    private boolean give(Object what) {
        boolean taken = given.compareAndSet(null, what);
        if (taken) {
            LockSupport.unpark(thread);
        }
        return taken;
    }

    /** Stops to wait; returns false if something was given first. */
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
    @SuppressWarnings("unchecked") // only places of the pool are offered
    Reservation<T> place() {
        return given.get() instanceof Reservation<?> place ? (Reservation<T>) place : null;
    }

    void wake() {
        LockSupport.unpark(thread);
    }
}

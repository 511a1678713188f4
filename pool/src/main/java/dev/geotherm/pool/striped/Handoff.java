package dev.geotherm.pool.striped;

import static dev.geotherm.pool.striped.SlotState.OWNED;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The hand-off of released objects and free capacity to parked waiters. */
final class Handoff<T> {
    private static final long SHORTEST_PAUSE = 100_000;
    private static final long LONGEST_PAUSE = 10_000_000;

    /** The remaining time below which a waiter wakes by itself; the watcher checks twice before that. */
    private static final long SOON = 2 * LONGEST_PAUSE;

    private final WaitQueue<T> waitQueue;
    private final Inventory<T> inventory;

    Handoff(WaitQueue<T> waitQueue, Inventory<T> inventory) {
        this.waitQueue = waitQueue;
        this.inventory = inventory;
    }

    /**
     * Waits for a slot, which the pool still owns, or for a reserved position, and returns it.
     *
     * <p>Returns null if the limit is reached, the pool is closed or the thread is interrupted; the interrupt status
     * stays set. A waiter keeps what it received before that, because no other waiter would get it.
     */
    @Nullable
    Object await(Duration limit, BooleanSupplier closed) {
        Waiter<T> waiter = new Waiter<>(limit.toNanos());
        boolean interrupted = false;
        inventory.counters().waits.increment();
        try {
            waitQueue.join(waiter);
            if (waitQueue.isFirst(waiter)) {
                serveWaiters();
            }
            long pause = waitQueue.isWatcher(waiter) ? SHORTEST_PAUSE : LONGEST_PAUSE;
            while (waiter.waits()) {
                long left = waiter.left();
                interrupted = Thread.interrupted();
                if (interrupted || left <= 0 || closed.getAsBoolean()) {
                    waitQueue.abandonWait(waiter);
                } else if (waitQueue.isWatcher(waiter)) {
                    waiter.sleep(this, Math.min(left, pause), false);
                    pause = Math.min(8 * pause, LONGEST_PAUSE);
                    serveWaiters();
                    waitQueue.wakeDue(SOON);
                } else {
                    waiter.sleep(this, left, left > SOON);
                }
            }
            leave(waiter);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Object given = waiter.given;
            return given == WaitQueue.ABANDONED ? null : given;
        } catch (Throwable failed) { // starts without a call: see Inventory
            waiter.isDead = true;
            Object given;
            synchronized (waitQueue) {
                given = waiter.given;
                if (given == null) {
                    waiter.given = WaitQueue.ABANDONED;
                }
            }
            if (given instanceof Slot<?> slot) {
                slot.orphaned = true;
            } else if (given instanceof Reservation<?> reservation) {
                reservation.orphaned = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw failed;
        }
    }

    private void leave(Waiter<T> waiter) {
        Waiter<T> nextWatcher = waitQueue.leave(waiter);
        if (nextWatcher != null) {
            nextWatcher.wake();
        }
        inventory.counters().waitTimes.record(waiter.waited());
    }

    /** Returns whether there may be waiters; one volatile read. */
    boolean hasWaiters() {
        return waitQueue.any();
    }

    /**
     * Serves waiters with free capacity and idle objects.
     *
     * <p>The first waiter calls this when it begins to wait, and a release calls {@link #serveIdle} after it has made
     * its object idle, so one of the two sees the other. A processor can delay the store of the release past the check
     * for waiters by nanoseconds, so the watcher calls this method again soon, and then every 10 ms.
     */
    void serveWaiters() {
        inventory.serveFromCapacity();
        serveIdle();
    }

    /** Serves waiters with idle objects. */
    void serveIdle() {
        while (waitQueue.any()) {
            Slot<T> slot = null;
            try {
                slot = inventory.table().claimAny(OWNED);
                if (slot == null) {
                    return;
                }
                slot.countIdleClaim();
                passOn(slot);
            } catch (Throwable failed) {
                if (slot != null) {
                    slot.orphaned = true;
                }
                throw failed;
            }
        }
    }

    /**
     * Passes an object that the pool owns to the first waiter, or makes it idle. If it fails, the pool still owns the
     * object.
     */
    void passOn(Slot<T> slot) {
        if (waitQueue.any()) {
            slot.reown();
            if (waitQueue.give(slot)) {
                return;
            }
            slot.countIdleClaim();
        }
        slot.release(slot.claim());
        try {
            slot.hintIdle();
        } catch (Throwable failed) { // the object is idle nevertheless; a sweep ensures that a search finds it
        }
    }
}

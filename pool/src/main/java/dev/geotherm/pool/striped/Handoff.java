package dev.geotherm.pool.striped;

import static dev.geotherm.pool.striped.SlotState.OWNED;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The hand-off of released objects and free capacity to waiters, which park; it needs neither lock nor monitor. */
final class Handoff<T> {
    private static final long SHORTEST_PAUSE = 100_000;
    private static final long LONGEST_PAUSE = 10_000_000;

    /** With less time left a waiter wakes by itself; the watcher checks twice before that. */
    private static final long SOON = 2 * LONGEST_PAUSE;

    private final WaitQueue<T> waitQueue;
    private final Inventory<T> inventory;

    Handoff(WaitQueue<T> waitQueue, Inventory<T> inventory) {
        this.waitQueue = waitQueue;
        this.inventory = inventory;
    }

    /**
     * Waits for a slot, which the pool still owns, or for a reserved position.
     *
     * <p>Returns a waiter that was not served if the limit is reached, the pool is closed or the thread is interrupted; the
     * interrupt status stays set. What the waiter was given before that, it keeps, because no other waiter would get it.
     */
    Waiter<T> await(Duration limit, BooleanSupplier closed) {
        Waiter<T> waiter = new Waiter<>(limit.toNanos());
        boolean interrupted = false;
        inventory.counters().waits.increment();
        waitQueue.join(waiter);
        try {
            if (waitQueue.peek() == waiter) {
                attend();
            }
            long pause = waitQueue.isWatcher(waiter) ? SHORTEST_PAUSE : LONGEST_PAUSE;
            while (waiter.waits()) {
                long left = waiter.left();
                interrupted = Thread.interrupted();
                if (interrupted || left <= 0 || closed.getAsBoolean()) {
                    waiter.giveUp();
                } else if (waitQueue.isWatcher(waiter)) {
                    waiter.sleep(this, Math.min(left, pause), false);
                    pause = Math.min(8 * pause, LONGEST_PAUSE);
                    attend();
                    waitQueue.wakeDue(SOON);
                } else {
                    waiter.sleep(this, left, left > SOON);
                }
            }
        } finally {
            waitQueue.leave(waiter);
            inventory.counters().waitTimes.record(waiter.waited());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return waiter;
    }

    /** Returns whether there may be waiters; one volatile read. */
    boolean hasWaiters() {
        return waitQueue.any();
    }

    /**
     * Serves waiters with free capacity and idle objects.
     *
     * <p>The first waiter calls this when it begins to wait, as a release calls {@link #serveIdle} after it made its object
     * idle: so one of the two sees the other. A processor may delay the store of the release past the check for waiters, by
     * nanoseconds: therefore the watcher calls this again, soon and then every 10 ms.
     */
    void attend() {
        inventory.serveFromCapacity();
        serveIdle();
    }

    /** Serves waiters with idle objects. */
    void serveIdle() {
        while (waitQueue.peek() != null) {
            Slot<T> slot = inventory.table().claimAny(OWNED);
            if (slot == null) {
                return;
            }
            slot.countIdleClaim();
            passOn(slot);
        }
    }

    /** Gives an object that the pool owns to the first waiter, or makes it idle. */
    void passOn(Slot<T> slot) {
        for (Waiter<T> first = waitQueue.poll(); first != null; first = waitQueue.poll()) {
            slot.reown();
            if (first.offer(slot)) {
                return;
            }
            slot.countIdleClaim();
        }
        slot.giveBack(slot.claim());
        slot.hintIdle();
    }
}

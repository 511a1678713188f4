package dev.geotherm.pool.striped;

import static dev.geotherm.pool.striped.SlotState.OWNED;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How objects and places that come free reach those who wait for them: by parking, without a lock or a monitor. */
final class Handoff<T> {
    private static final long SHORTEST_PAUSE = 100_000;
    private static final long LONGEST_PAUSE = 10_000_000;

    /** With less time left a waiter wakes by itself; two looks of who has the watch come before that. */
    private static final long SOON = 2 * LONGEST_PAUSE;

    private final WaitQueue<T> waiters;
    private final Inventory<T> stock;

    Handoff(WaitQueue<T> waiters, Inventory<T> stock) {
        this.waiters = waiters;
        this.stock = stock;
    }

    /**
     * Waits for a slot, which stays the pool's own, or a place.
     *
     * <p>Returns a waiter that was not served when the limit is over, the pool is closed or the thread is interrupted, which
     * stays marked so. What was given before that is kept, because nobody else would get it.
     */
    Waiter<T> await(Duration limit, BooleanSupplier closed) {
        Waiter<T> waiter = new Waiter<>(limit.toNanos());
        boolean interrupted = false;
        stock.figures().waits.increment();
        waiters.join(waiter);
        try {
            if (waiters.peek() == waiter) {
                attend();
            }
            long pause = waiters.watches(waiter) ? SHORTEST_PAUSE : LONGEST_PAUSE;
            while (waiter.waits()) {
                long left = waiter.left();
                interrupted = Thread.interrupted();
                if (interrupted || left <= 0 || closed.getAsBoolean()) {
                    waiter.giveUp();
                } else if (waiters.watches(waiter)) {
                    waiter.sleep(this, Math.min(left, pause), false);
                    pause = Math.min(8 * pause, LONGEST_PAUSE);
                    attend();
                    waiters.wakeDue(SOON);
                } else {
                    waiter.sleep(this, left, left > SOON);
                }
            }
        } finally {
            waiters.leave(waiter);
            stock.figures().waitedNanos.add(waiter.waited());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return waiter;
    }

    /** Returns whether somebody may wait; one volatile read. */
    boolean isAwaited() {
        return waiters.any();
    }

    /**
     * Serves those who wait from free places and idle objects.
     *
     * <p>Called by who begins to wait and is the first, as {@link #serveIdle} is by who made an object idle: so one of the two
     * sees the other. A processor may delay the store of the return past the look for waiters, by nanoseconds: therefore who has
     * the watch calls this again, soon and then every 10 ms.
     */
    void attend() {
        stock.serveFromPlaces();
        serveIdle();
    }

    /** Serves those who wait from idle objects. */
    void serveIdle() {
        while (waiters.peek() != null) {
            Slot<T> slot = stock.shelves().claimAny(OWNED);
            if (slot == null) {
                return;
            }
            slot.countIdleClaim();
            passOn(slot);
        }
    }

    /** Gives an object that the pool owns to the first waiter, or makes it idle. */
    void passOn(Slot<T> slot) {
        for (Waiter<T> first = waiters.poll(); first != null; first = waiters.poll()) {
            slot.ownAnew();
            if (first.offer(slot)) {
                return;
            }
            slot.countIdleClaim();
        }
        slot.giveBack(slot.claim());
        slot.beFound();
    }
}

package dev.geotherm.pool.striped;

import dev.geotherm.pool.allocator.GuardedAllocator;

/**
 * The handler of releases that need more than one store: exact releases, releases to waiters, and releases of objects
 * that are dropped or leave work to complete.
 */
final class ReleaseHandler<T> {
    private final GuardedAllocator<T> allocator;
    private final Inventory<T> inventory;
    private final SlotFactory<T> slotFactory;
    private final Handoff<T> handoff;

    ReleaseHandler(
            GuardedAllocator<T> allocator, Inventory<T> inventory, SlotFactory<T> slotFactory, Handoff<T> handoff) {
        this.allocator = allocator;
        this.inventory = inventory;
        this.slotFactory = slotFactory;
        this.handoff = handoff;
    }

    /**
     * Ends a claim atomically: of several racing threads, one succeeds, and its object is then passed on or dropped.
     * Returns whether the caller succeeded.
     */
    boolean end(Slot<T> slot, long claim, T object, boolean reset, boolean keep) {
        boolean owned = false;
        try {
            slot.segment.longHeld(slot.index, false); // first: if this fails, the next sweep sees the slot
            owned = slot.own(claim);
            if (!owned) {
                return false;
            }
            if (keep && (!reset || allocator.reset(object))) {
                owned = !passOn(slot, object);
            } else {
                slot.keepAgain(object); // the slot may no longer hold an object that was in use for long
                slotFactory.drop(slot);
            }
        } catch (Throwable failed) { // without a call: see Inventory
            if (owned) {
                slot.orphaned = true;
            }
            throw failed;
        }
        if (!owned && (slot.hasPendingWork() || handoff.hasWaiters())) { // since the object was passed on
            completeRelease(slot, object);
        }
        return true;
    }

    /** Completes the release of an object that has become idle. */
    void completeRelease(Slot<T> slot, T object) {
        slot.keepAgain(object);
        if (!passedOnAgain(slot, object)) {
            slot.hintIdle();
        } else if (slot.hasPendingWork()) {
            completeRelease(slot, object);
        }
        if (handoff.hasWaiters()) {
            handoff.serveIdle();
        }
    }

    /** Passes an idle object on or drops it if it may be beyond the bound; returns whether it was passed on. */
    private boolean passedOnAgain(Slot<T> slot, T object) {
        boolean owned = false;
        boolean passedOn = false;
        try {
            owned = slot.isSurplus() && slot.tryOwn();
            if (owned) {
                slot.countIdleClaim();
                passedOn = passOn(slot, object);
            }
            return passedOn;
        } catch (Throwable failed) { // as above
            if (owned) {
                slot.orphaned = true;
            }
            throw failed;
        }
    }

    /**
     * Passes an object that the pool owns to a waiter or makes it idle, or drops it if it is beyond the bound; returns whether
     * it was passed on. If it fails, the pool still owns the object.
     */
    private boolean passOn(Slot<T> slot, T object) {
        slot.keepAgain(object);
        if (slot.isSurplus() && inventory.isSurplus(slot)) {
            slotFactory.drop(slot);
            return false;
        }
        handoff.passOn(slot);
        return true;
    }
}

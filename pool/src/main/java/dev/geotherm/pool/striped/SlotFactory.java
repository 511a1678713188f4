package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Poolable;
import dev.geotherm.pool.allocator.GuardedAllocator;

/**
 * A factory of slots: allocates objects for reserved positions and deallocates them; never called with a monitor held.
 */
final class SlotFactory<T> {
    private final StripedPool<T> pool;
    private final GuardedAllocator<T> allocator;
    private final Inventory<T> inventory;
    private final IdentityIndex<T> index;

    SlotFactory(StripedPool<T> pool, GuardedAllocator<T> allocator, Inventory<T> inventory, IdentityIndex<T> index) {
        this.pool = pool;
        this.allocator = allocator;
        this.inventory = inventory;
        this.index = index;
    }

    /**
     * Creates an object for a caller; the pool owns it until it is lent.
     *
     * @throws AllocationException if the allocator fails; the position is free again
     */
    Slot<T> make(Reservation<T> reservation) {
        try {
            Slot<T> slot = allocate(reservation, false);
            slot.tryOwn();
            inventory.addUsed(slot);
            return slot;
        } catch (Throwable failed) {
            throw refused(reservation, failed);
        }
    }

    /**
     * Preallocates an object.
     *
     * @throws AllocationException if the allocator fails; the position is free again
     */
    void preallocate(Reservation<T> reservation) {
        Slot<T> slot;
        boolean kept;
        try {
            slot = allocate(reservation, true);
            kept = inventory.addFresh(slot);
        } catch (Throwable failed) {
            throw refused(reservation, failed);
        }
        if (!kept) {
            dropIfIdle(slot);
        }
    }

    private Slot<T> allocate(Reservation<T> reservation, boolean preallocated) throws Exception {
        T object = allocator.allocate();
        Slot<T> other = pool.slotOf(object);
        if (other != null && other.refersTo(object)) {
            throw new IllegalStateException("the allocator returned an object that is in the pool already");
        }
        reservation.made = object;
        int identity = object instanceof Poolable ? 0 : System.identityHashCode(object);
        Slot<T> slot = new Slot<>(object, allocator.sizeInBytes(object), pool, reservation, preallocated, identity);
        if (object instanceof Poolable poolable) {
            poolable.slot(slot);
        } else {
            index.add(slot);
        }
        return slot;
    }

    private AllocationException refused(Reservation<T> reservation, Throwable failed) {
        abandon(reservation); // first: the following steps may fail if memory is exhausted
        inventory.counters().failures.increment();
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        } else if (failed instanceof VirtualMachineError error) {
            throw error;
        }
        return new AllocationException(pool.name(), failed);
    }

    /**
     * Frees a position and deallocates the object that was created for it, if any; can be called again after a failure.
     */
    void abandon(Reservation<T> reservation) {
        T object = reservation.made;
        if (object != null) {
            Slot<T> slot = pool.slotOf(object);
            if (slot != null) {
                forget(slot);
            }
            allocator.deallocate(object);
            reservation.made = null;
        }
        inventory.free(reservation);
    }

    /** Drops an object if it is idle; returns whether it did. */
    boolean dropIfIdle(Slot<T> slot) {
        boolean owned = false;
        try {
            owned = slot.tryOwn();
            if (owned) {
                slot.countIdleClaim();
                drop(slot);
            }
            return owned;
        } catch (Throwable failed) {
            if (owned) {
                slot.orphaned = true;
            }
            throw failed;
        }
    }

    /**
     * Deallocates an object that the pool owns, then frees its position, so that the bound holds throughout; a leaked
     * object only has a position. Can be called again after a failure.
     */
    void drop(Slot<T> slot) {
        deallocate(slot);
        inventory.remove(slot);
    }

    /** Deallocates an object that the pool owns and returns its position, which stays reserved. */
    Reservation<T> vacate(Slot<T> slot) {
        deallocate(slot);
        return inventory.vacate(slot);
    }

    private void deallocate(Slot<T> slot) {
        forget(slot);
        T object = slot.object();
        if (object != null && !slot.deallocated) {
            allocator.deallocate(object);
            slot.deallocated = true;
        }
    }

    private void forget(Slot<T> slot) {
        if (slot.identity != 0) {
            index.remove(slot);
        }
    }
}

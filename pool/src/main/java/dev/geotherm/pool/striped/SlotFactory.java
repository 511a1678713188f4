package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Poolable;
import dev.geotherm.pool.allocator.GuardedAllocator;

/** A factory of slots: it allocates objects at reserved positions and deallocates them; never under a lock. */
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
     * Makes an object for a caller; the pool owns it until then.
     *
     * @throws AllocationException if the allocator fails; the position is free again
     */
    Slot<T> make(Reservation<T> reservation) {
        try {
            Slot<T> slot = put(reservation, false);
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
        try {
            slot = put(reservation, true);
        } catch (Throwable failed) {
            throw refused(reservation, failed);
        }
        if (!inventory.addFresh(slot) && slot.tryOwn()) {
            slot.countIdleClaim();
            drop(slot);
        }
    }

    private Slot<T> put(Reservation<T> reservation, boolean preallocated) throws Exception {
        T object = allocator.allocate();
        Slot<T> other = pool.slotOf(object);
        if (other != null && other.refersTo(object)) {
            throw new IllegalStateException("the allocator returned an object that is in the pool already");
        }
        try {
            return put(object, reservation, preallocated);
        } catch (Throwable failed) {
            allocator.deallocate(object);
            throw failed;
        }
    }

    private Slot<T> put(T object, Reservation<T> reservation, boolean preallocated) {
        boolean remembers = object instanceof Poolable;
        int identity = remembers ? 0 : System.identityHashCode(object);
        Slot<T> slot = new Slot<>(object, allocator.sizeInBytes(object), pool, reservation, preallocated, identity);
        if (object instanceof Poolable poolable) {
            poolable.slot(slot);
        } else {
            index.add(slot);
        }
        return slot;
    }

    private AllocationException refused(Reservation<T> reservation, Throwable failed) {
        inventory.free(reservation); // first: what follows may fail when memory is out
        inventory.counters().failures.increment();
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        } else if (failed instanceof VirtualMachineError error) {
            throw error;
        }
        return new AllocationException(pool.name(), failed);
    }

    /** Deallocates an object that the pool owns, then frees its position, so that the bound holds throughout. */
    void drop(Slot<T> slot) {
        try {
            deallocate(slot);
        } finally { // even if there is no memory to say that the allocator failed
            inventory.remove(slot);
        }
    }

    /** Deallocates an object that the pool owns and returns its position, which stays reserved. */
    Reservation<T> vacate(Slot<T> slot) {
        try {
            deallocate(slot);
        } catch (Throwable failed) { // there is no memory to say that the allocator failed
            inventory.remove(slot);
            throw failed;
        }
        return inventory.vacate(slot);
    }

    private void deallocate(Slot<T> slot) {
        forget(slot);
        T object = slot.object();
        if (object != null) {
            allocator.deallocate(object);
        }
    }

    /** Removes the slot of a leaked object. */
    void dropLeaked(Slot<T> slot) {
        forget(slot);
        inventory.removeLeaked(slot);
    }

    private void forget(Slot<T> slot) {
        if (slot.identity != 0) {
            index.remove(slot);
        }
    }
}

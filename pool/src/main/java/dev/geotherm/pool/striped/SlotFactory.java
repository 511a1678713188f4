package dev.geotherm.pool.striped;

import dev.geotherm.pool.allocator.GuardedAllocator;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Poolable;

/** Makes objects in places of the stock and disposes of them; calls the allocator, never under a lock. */
final class SlotFactory<T> {
    private final StripedPool<T> pool;
    private final GuardedAllocator<T> allocator;
    private final Inventory<T> stock;
    private final IdentityIndex<T> identities;

    SlotFactory(StripedPool<T> pool, GuardedAllocator<T> allocator, Inventory<T> stock, IdentityIndex<T> identities) {
        this.pool = pool;
        this.allocator = allocator;
        this.stock = stock;
        this.identities = identities;
    }

    /**
     * Makes an object for a caller; it is the pool's own.
     *
     * @throws AllocationException if the allocator fails; the place is free again
     */
    Slot<T> make(Reservation<T> place) {
        try {
            Slot<T> slot = put(place, false);
            slot.tryOwn();
            stock.addUsed(slot);
            return slot;
        } catch (Throwable failed) {
            throw refused(place, failed);
        }
    }

    /**
     * Makes an object in advance.
     *
     * @throws AllocationException if the allocator fails; the place is free again
     */
    void makeInAdvance(Reservation<T> place) {
        Slot<T> slot;
        try {
            slot = put(place, true);
        } catch (Throwable failed) {
            throw refused(place, failed);
        }
        if (!stock.addFresh(slot) && slot.tryOwn()) {
            slot.countIdleClaim();
            drop(slot);
        }
    }

    private Slot<T> put(Reservation<T> place, boolean prepared) throws Exception {
        T object = allocator.allocate();
        Slot<T> other = pool.slotOf(object);
        if (other != null && other.refersTo(object)) {
            throw new IllegalStateException("the allocator returned an object that is in the pool already");
        }
        try {
            return put(object, place, prepared);
        } catch (Throwable failed) {
            allocator.deallocate(object);
            throw failed;
        }
    }

    private Slot<T> put(T object, Reservation<T> place, boolean prepared) {
        boolean remembers = object instanceof Poolable;
        int identity = remembers ? 0 : System.identityHashCode(object);
        Slot<T> slot = new Slot<>(object, allocator.sizeInBytes(object), pool, place, prepared, identity);
        if (object instanceof Poolable poolable) {
            poolable.slot(slot);
        } else {
            identities.add(slot);
        }
        return slot;
    }

    private AllocationException refused(Reservation<T> place, Throwable failed) {
        stock.free(place); // first: what follows may fail when memory is out
        stock.figures().failures.increment();
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        } else if (failed instanceof VirtualMachineError error) {
            throw error;
        }
        return new AllocationException(pool.name(), failed);
    }

    /** Deallocates an object that the pool owns and frees its place, in this order, so that the bound holds throughout. */
    void drop(Slot<T> slot) {
        try {
            deallocate(slot);
        } finally { // even if there is no memory to say that the allocator failed
            stock.remove(slot);
        }
    }

    /** Deallocates an object that the pool owns and returns its place, which stays taken. */
    Reservation<T> vacate(Slot<T> slot) {
        try {
            deallocate(slot);
        } catch (Throwable failed) { // there is no memory to say that the allocator failed
            stock.remove(slot);
            throw failed;
        }
        return stock.vacate(slot);
    }

    private void deallocate(Slot<T> slot) {
        forget(slot);
        T object = slot.object();
        if (object != null) {
            allocator.deallocate(object);
        }
    }

    /** Takes a slot away whose object its holder lost. */
    void dropAbandoned(Slot<T> slot) {
        forget(slot);
        stock.removeAbandoned(slot);
    }

    private void forget(Slot<T> slot) {
        if (slot.identity != 0) {
            identities.remove(slot);
        }
    }
}

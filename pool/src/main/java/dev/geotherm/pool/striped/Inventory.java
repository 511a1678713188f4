package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.WhenExhausted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inventory of a pool: its slots, how many objects there may be, and which of them are fresh.
 *
 * <p>A position is reserved before an object is allocated and freed once it is deallocated, so the bound holds throughout.
 * The lock guards these two and the counters; acquisitions and releases do not take it. Capacity that becomes free is
 * offered to the first waiter before the lock is released. No allocator is called under the lock.
 */
final class Inventory<T> {
    private final Supplier<StripedPoolsSettings> settings;
    private final WaitQueue<T> waitQueue;
    private final PoolCounters counters = new PoolCounters();
    private final ReentrantLock lock = new ReentrantLock();

    /** Preallocated objects without a first use; objects that were used before are preferred. Guarded by the lock. */
    private final Deque<Slot<T>> fresh = new ArrayDeque<>();

    private final SlotTable<T> table = new SlotTable<>();

    /** All reserved positions; guarded by the lock. */
    private int all;

    /** Objects that were used; as they are preferred, never more than were in use at once. Guarded by the lock. */
    private int served;

    /** The most objects that are kept under memory pressure; guarded by the lock. */
    private int trimmedBound = Integer.MAX_VALUE;

    /** Written with the lock held. */
    private volatile boolean closed;

    Inventory(Supplier<StripedPoolsSettings> settings, WaitQueue<T> waitQueue) {
        this.settings = settings;
        this.waitQueue = waitQueue;
    }

    PoolCounters counters() {
        return counters;
    }

    /** Returns the slots. */
    SlotTable<T> table() {
        return table;
    }

    /** Claims a preallocated object without a first use. */
    @Nullable
    Slot<T> claimFresh(long kind) {
        lock.lock();
        try {
            for (Slot<T> slot = fresh.pollFirst(); slot != null; slot = fresh.pollFirst()) {
                if (slot.tryClaim(kind)) {
                    countServed(slot);
                    return slot;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Reserves a position for an object that a caller wants, or returns null if the pool is full. */
    @Nullable
    Reservation<T> reserve() {
        lock.lock();
        try {
            return mayGrow() ? take() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Reserves a position for an object to preallocate, or returns null if the pool needs none. */
    @Nullable
    Reservation<T> reserveInAdvance(int wanted) {
        lock.lock();
        try {
            return !closed && all < Math.min(wanted, bound()) ? take() : null;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayGrow() {
        StripedPoolsSettings inForce = settings.get();
        return inForce.whenExhausted() == WhenExhausted.ALLOCATE || all < inForce.maxSize();
    }

    private int bound() {
        return Math.min(settings.get().maxSize(), trimmedBound);
    }

    private Reservation<T> take() {
        SlotSegment<T> segment = table.withRoom();
        Reservation<T> reservation = new Reservation<>(segment, segment.next());
        segment.take(reservation.index()); // last: memory may be out
        all++;
        return reservation;
    }

    /** Adds the slot of an object that was made for a caller. */
    void addUsed(Slot<T> slot) {
        lock.lock();
        try {
            put(slot);
            counters.created++;
            countServed(slot);
        } finally {
            lock.unlock();
        }
    }

    /** Adds the slot of a preallocated object; returns false if the pool was closed meanwhile. */
    boolean addFresh(Slot<T> slot) {
        lock.lock();
        try {
            put(slot);
            counters.preallocated++;
            fresh.addLast(slot);
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void put(Slot<T> slot) {
        slot.segment.put(slot.index, slot);
        if (isOverfull()) {
            slot.surplus(true);
        }
    }

    private void countServed(Slot<T> slot) {
        slot.served = true;
        served++;
        counters.peak = Math.max(counters.peak, served);
    }

    /** Frees a position that is not used. */
    void free(Reservation<T> reservation) {
        lock.lock();
        try {
            release(reservation.segment(), reservation.index());
        } finally {
            lock.unlock();
        }
    }

    /** Removes a slot that the caller owns, with a deallocated object, and frees its position. */
    void remove(Slot<T> slot) {
        lock.lock();
        try {
            forget(slot);
            counters.discarded++;
            release(slot.segment, slot.index);
        } finally {
            lock.unlock();
        }
    }

    /** Removes a slot that the caller owns, with a deallocated object; its position stays reserved. */
    Reservation<T> vacate(Slot<T> slot) {
        lock.lock();
        try {
            forget(slot);
            counters.discarded++;
            return new Reservation<>(slot.segment, slot.index);
        } finally {
            lock.unlock();
        }
    }

    /** Removes the slot of a leaked object. */
    void removeLeaked(Slot<T> slot) {
        lock.lock();
        try {
            forget(slot);
            counters.leaked++;
            release(slot.segment, slot.index);
        } finally {
            lock.unlock();
        }
    }

    private void forget(Slot<T> slot) {
        slot.empty();
        counters.gone.add(slot);
        if (slot.served) {
            served--;
        } else {
            fresh.remove(slot);
        }
        slot.segment.put(slot.index, null);
    }

    private void release(SlotSegment<T> segment, int index) {
        segment.free(index);
        all--;
        offerCapacity();
    }

    /** Offers free capacity to the waiters, in the order of their arrival. */
    void serveFromCapacity() {
        lock.lock();
        try {
            offerCapacity();
        } finally {
            lock.unlock();
        }
    }

    private void offerCapacity() {
        while (!closed && waitQueue.peek() != null && mayGrow()) {
            Reservation<T> reservation =
                    take(); // first: memory may be out, and a waiter that left the queue would never wake
            Waiter<T> first = waitQueue.poll();
            if (first == null || !first.offer(reservation)) {
                reservation.segment().free(reservation.index());
                all--;
            }
        }
    }

    /** Lowers the bound of kept objects to those in use, and at least one, because of memory pressure. */
    void beginTrim() {
        lock.lock();
        try {
            counters.pressureEvents++;
            trimmedBound = Math.min(trimmedBound, Math.max(1, inUse())); // a second trim does not raise it
            markSurplus();
        } finally {
            lock.unlock();
        }
    }

    /** Raises the bound of kept objects to that of the settings. */
    void endTrim() {
        lock.lock();
        try {
            trimmedBound = Integer.MAX_VALUE;
            markSurplus();
        } finally {
            lock.unlock();
        }
    }

    /** Puts changed bounds in force. */
    void adapt() {
        lock.lock();
        try {
            markSurplus();
            offerCapacity();
        } finally {
            lock.unlock();
        }
    }

    /** Lowers the bound of kept objects to zero; returns false if it was closed before. */
    boolean close() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            markSurplus();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many objects there are and are being made. */
    int size() {
        lock.lock();
        try {
            return all;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Marks all objects for a check on release if there are more than the bound allows; else removes the marks. */
    private void markSurplus() {
        boolean overfull = isOverfull();
        table.slots().forEach(slot -> slot.surplus(overfull));
    }

    private boolean isOverfull() {
        return closed || all > bound();
    }

    /** Returns whether a marked object that was released is beyond the bound; if not, removes its mark. */
    boolean isSurplus(Slot<T> slot) {
        lock.lock();
        try {
            boolean overfull = isOverfull();
            slot.surplus(overfull);
            return overfull;
        } finally {
            lock.unlock();
        }
    }

    PoolMetrics metrics() {
        lock.lock();
        try {
            int idle = 0;
            int inUse = 0;
            PoolCounters.Usage uses = new PoolCounters.Usage();
            uses.add(counters.gone);
            for (Slot<T> slot : table.slots()) {
                uses.add(slot);
                if (slot.isInUse()) {
                    inUse++;
                } else {
                    idle++;
                }
            }
            counters.peak = Math.max(counters.peak, inUse);
            return counters.snapshot(uses, idle, inUse, settings.get().maxSize());
        } finally {
            lock.unlock();
        }
    }

    private int inUse() {
        return table.count(SlotState::isInUse);
    }
}

package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.WhenExhausted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inventory of a pool: its slots, its bound, and its fresh objects, which are preallocated but not yet used.
 *
 * <p>A position is reserved before an object is allocated and freed once it is deallocated, so the bound holds
 * throughout. The monitor guards both steps and the counters; the hot path does not acquire it. Free capacity is
 * offered to the first waiter before the monitor is released. No allocator is called while the monitor is held.
 *
 * <p>Errors at any line: a caller may run out of stack at any call and out of memory at any allocation, so every method
 * may fail at every call. Three rules keep the pool consistent. <ul>
 * <li>Monitors are released on any exception; a {@code ReentrantLock} is not if its {@code unlock} has too little
 * stack.
 * <li>Related state is changed by stores without a call or an allocation in between, after everything that can fail.
 * <li>A thread that owns a slot or a reservation and fails marks it as orphaned by one store, which cannot fail; code
 * after it was passed on must not reach that handler. A sweep drops orphaned slots and reservations.
 * </ul> A claim that no rule covers counts as that of a borrower: its object is detected as leaked.
 */
final class Inventory<T> {
    private final Supplier<StripedPoolsSettings> settings;
    private final WaitQueue<T> waitQueue;
    private final PoolCounters counters = new PoolCounters();

    private final SlotTable<T> table = new SlotTable<>();

    /** The number of taken positions; guarded by the monitor. */
    private int all;

    /** The number of taken positions without a slot; guarded by the monitor. */
    private int reserved;

    /** The mark of all slots, unless their marks differ; guarded by the monitor. */
    private boolean marked;

    /** Whether the slots may have different marks; guarded by the monitor. */
    private boolean mixed;

    /**
     * The number of objects that were used; because they are preferred, never more than the peak of objects in use.
     * Guarded by the monitor.
     */
    private int served;

    /** The maximum number of objects kept under memory pressure; guarded by the monitor. */
    private int trimmedBound = Integer.MAX_VALUE;

    /** Written with the monitor held. */
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

    /** Claims a preallocated object that was never used. */
    @Nullable
    synchronized Slot<T> claimFresh(long kind) {
        Slot<T> slot = table.claimFresh(kind);
        if (slot != null) {
            slot.segment.fresh &= ~(1L << slot.index);
            slot.served = true;
            served++;
            counters.peak = counters.peak > served ? counters.peak : served;
        }
        return slot;
    }

    /** Reserves a position for a caller's object, or returns null if the pool is full. */
    @Nullable
    synchronized Reservation<T> reserve() {
        return mayGrow() ? take() : null;
    }

    /** Reserves a position for an object to preallocate, or returns null if the pool needs none. */
    @Nullable
    synchronized Reservation<T> reserveInAdvance(int wanted) {
        return !closed && all < Math.min(wanted, bound()) ? take() : null;
    }

    private boolean mayGrow() {
        StripedPoolsSettings inForce = settings.get();
        return inForce.whenExhausted() == WhenExhausted.ALLOCATE || all < inForce.maxSize();
    }

    private int bound() {
        return Math.min(settings.get().maxSize(), trimmedBound);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the monitor is held
    private Reservation<T> take() {
        SlotSegment<T> segment = table.withRoom();
        Reservation<T> reservation = new Reservation<>(segment, segment.next());
        segment.reservations[reservation.index] = reservation;
        segment.taken |= 1L << reservation.index;
        all++;
        reserved++;
        return reservation;
    }

    /** Puts the slot of an object that was created for a caller into its reserved position. */
    synchronized void addUsed(Slot<T> slot) {
        put(slot);
        counters.created++;
        slot.served = true;
        served++;
        counters.peak = counters.peak > served ? counters.peak : served;
    }

    /**
     * Puts the slot of a preallocated object into its reserved position; returns false if the pool has been closed in
     * the meantime.
     */
    synchronized boolean addFresh(Slot<T> slot) {
        put(slot);
        counters.preallocated++;
        slot.segment.fresh |= 1L << slot.index;
        slot.segment.group.fresh |= 1L << slot.segment.number;
        return !closed;
    }

    private void put(Slot<T> slot) {
        mark(slot);
        slot.segment.put(slot.index, slot); // the last call
        slot.segment.reservations[slot.index] = null;
        reserved--;
    }

    /** Frees a position without a slot; does nothing if it is already free. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the monitor is held
    synchronized void free(Reservation<T> reservation) {
        SlotSegment<T> segment = reservation.segment;
        if (segment.reservations[reservation.index] == reservation) {
            segment.reservations[reservation.index] = null;
            segment.taken &= ~(1L << reservation.index);
            segment.group.full &= ~(1L << segment.number);
            all--;
            reserved--;
        }
        offerCapacity();
    }

    /** Removes a slot that the caller owns, with a deallocated or leaked object, and frees its position. Idempotent. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the monitor is held
    synchronized void remove(Slot<T> slot) {
        if (slot.segment.get(slot.index) == slot) {
            forget(slot);
            counters.leaked += slot.leaked ? 1 : 0;
            counters.discarded += slot.leaked ? 0 : 1;
            slot.segment.taken &= ~(1L << slot.index);
            slot.segment.group.full &= ~(1L << slot.segment.number);
            all--;
        }
        offerCapacity();
    }

    /** Removes a slot that the caller owns, with a deallocated object; its position stays reserved. */
    synchronized Reservation<T> vacate(Slot<T> slot) {
        Reservation<T> reservation = new Reservation<>(slot.segment, slot.index);
        forget(slot);
        counters.discarded++;
        reservation.segment.reservations[reservation.index] = reservation;
        reserved++;
        return reservation;
    }

    private void forget(Slot<T> slot) {
        slot.empty();
        long uses = slot.uses();
        slot.segment.put(slot.index, null); // the last call
        PoolCounters.Usage dropped = counters.dropped;
        dropped.acquired += uses;
        if (uses > 0) {
            dropped.firstUses += slot.preallocated ? 1 : 0;
            dropped.reused += uses - 1;
            dropped.allocationAvoided += (uses - 1) * slot.bytes;
        }
        served -= slot.served ? 1 : 0;
        slot.segment.fresh &= ~(1L << slot.index);
    }

    /** Offers free capacity to the waiters, in order of arrival. */
    synchronized void serveFromCapacity() {
        offerCapacity();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the monitor is held
    private void offerCapacity() {
        boolean taken = true;
        while (taken && !closed && waitQueue.any() && mayGrow()) {
            Reservation<T> reservation =
                    take(); // first: memory may be exhausted, and a waiter removed from the queue would never wake
            try {
                taken = waitQueue.give(reservation);
            } catch (Throwable failed) {
                reservation.orphaned = true;
                throw failed;
            }
            if (!taken) {
                reservation.segment.reservations[reservation.index] = null;
                reservation.segment.taken &= ~(1L << reservation.index);
                reservation.segment.group.full &= ~(1L << reservation.segment.number);
                all--;
                reserved--;
            }
        }
    }

    /** Returns the reservations of failed operations. */
    synchronized List<Reservation<T>> orphanedReservations() {
        List<Reservation<T>> orphaned = new ArrayList<>();
        if (reserved > 0) {
            table.forEachSegment(segment -> {
                for (Reservation<T> reservation : segment.reservations) {
                    if (reservation != null && reservation.orphaned) {
                        orphaned.add(reservation);
                    }
                }
            });
        }
        return orphaned;
    }

    /** Lowers the bound of kept objects to those in use, and at least one, because of memory pressure. */
    synchronized void beginTrim() {
        counters.pressureEvents++;
        trimmedBound = Math.min(trimmedBound, Math.max(1, inUse())); // a second trim must not raise it
        markSurplus();
    }

    /** Raises the bound of kept objects to that of the settings. */
    synchronized void endTrim() {
        trimmedBound = Integer.MAX_VALUE;
        markSurplus();
    }

    /** Applies changed bounds. */
    synchronized void adapt() {
        markSurplus();
        offerCapacity();
    }

    /** Lowers the bound of kept objects to zero. */
    synchronized void close() {
        closed = true;
        markSurplus();
    }

    /** Returns the number of objects, including those being created. */
    synchronized int size() {
        return all;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Marks all objects for a check on release if there are more than the bound allows; otherwise removes the marks.
     */
    synchronized void markSurplus() {
        boolean overfull = isOverfull();
        if (overfull != marked || mixed) {
            mixed = true;
            table.count(slot -> {
                if (slot.isSurplus() != overfull) {
                    slot.surplus(overfull);
                }
                return true;
            });
            marked = overfull;
            mixed = false;
        }
    }

    /** Updates the mark of one slot and returns it. */
    private boolean mark(Slot<T> slot) {
        boolean overfull = isOverfull();
        mixed |= overfull != marked;
        slot.surplus(overfull);
        return overfull;
    }

    private boolean isOverfull() {
        return closed || all > bound();
    }

    /** Returns whether a marked object that was released is beyond the bound; if not, removes its mark. */
    synchronized boolean isSurplus(Slot<T> slot) {
        return mark(slot);
    }

    synchronized PoolMetrics metrics() {
        int idle = 0;
        int inUse = 0;
        PoolCounters.Usage uses = new PoolCounters.Usage();
        uses.add(counters.dropped);
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
    }

    private int inUse() {
        return table.count(SlotState::isInUse);
    }
}

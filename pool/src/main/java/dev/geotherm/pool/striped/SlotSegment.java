package dev.geotherm.pool.striped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A segment of 64 slots, each with a hint whether its object may be idle.
 *
 * <p>A release sets the hint unless it is set; only a search that finds the object in use clears it. So threads that
 * repeatedly borrow the same object write nothing here, and a search checks few slots. A search that checks a slot
 * during the release of its object can clear the hint slightly too late: the next release or sweep sets it again.
 */
final class SlotSegment<T> {
    private static final int PLACES = Long.SIZE;
    private static final VarHandle HINTS;

    static {
        try {
            HINTS = MethodHandles.lookup().findVarHandle(SlotSegment.class, "hints", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final AtomicReferenceArray<@Nullable Slot<T>> slots = new AtomicReferenceArray<>(PLACES);
    private volatile long hints;

    /** A bit mask of the positions that are reserved or have a slot; written with the monitor of the inventory held. */
    volatile long taken;

    /**
     * A bit mask of the positions of preallocated objects that were never used; guarded by the monitor of the
     * inventory.
     */
    long fresh;

    /** The reservations of the positions that have no slot; guarded by the monitor of the inventory. */
    final @Nullable Reservation<T>[] reservations;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    SlotSegment() {
        reservations = new Reservation[PLACES];
    }

    boolean isFull() {
        return taken == -1;
    }

    /** Returns the next free position; there must be one, and the caller holds the monitor of the inventory. */
    int next() {
        return Long.numberOfTrailingZeros(~taken);
    }

    /** Returns the slot at a position. */
    @Nullable
    Slot<T> get(int index) {
        return slots.get(index);
    }

    /** Claims the first object that is idle, or returns null. */
    @Nullable
    Slot<T> claimAny(long kind) {
        for (long left = taken; left != 0; left &= left - 1) {
            Slot<T> slot = slots.get(Long.numberOfTrailingZeros(left));
            if (slot != null && slot.tryClaim(kind)) {
                return slot;
            }
        }
        return null;
    }

    /** Returns the sum of a function over all slots; allocates nothing. */
    long sum(ToLongFunction<Slot<T>> function) {
        long sum = 0;
        for (long left = taken; left != 0; left &= left - 1) {
            Slot<T> slot = slots.get(Long.numberOfTrailingZeros(left));
            sum += slot == null ? 0 : function.applyAsLong(slot);
        }
        return sum;
    }

    void put(int index, @Nullable Slot<T> slot) {
        slots.set(index, slot);
    }

    /** Sets the hint that the object of a slot is idle. */
    void hint(Slot<T> slot) {
        slot.hinted(true);
        HINTS.getAndBitwiseOr(this, 1L << slot.index);
    }

    /** Claims an object that the hints lead to, or returns null. */
    @Nullable
    Slot<T> claimHinted(long kind) {
        for (long left = hints; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            Slot<T> slot = slots.get(index);
            if (slot != null && slot.tryClaim(kind)) {
                return slot;
            }
            HINTS.getAndBitwiseAnd(this, ~(1L << index));
            Slot<T> there = slots.get(index); // may be another slot by now
            if (there != null) {
                there.hinted(false);
                if (there.isIdle()) { // was released meanwhile
                    hint(there);
                }
            }
        }
        return null;
    }
}

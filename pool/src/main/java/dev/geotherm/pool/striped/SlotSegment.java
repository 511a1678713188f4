package dev.geotherm.pool.striped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A segment of 64 slots, each with a hint whether its object may be idle.
 *
 * <p>A release sets the hint unless it is set; only a search that finds the object in use clears it. Threads that
 * repeatedly borrow the same object therefore write nothing here, and a search checks few slots. A search that checks a
 * slot during the release of its object can clear the hint slightly too late: the next release or sweep sets it again.
 *
 * <p>Sweeps skip the slots of objects that have been in use for long, until their release, because they cannot change
 * before. If a release and a sweep coincide, a few further sweeps may skip the slot.
 */
final class SlotSegment<T> {
    private static final int PLACES = Long.SIZE;
    private static final VarHandle HINTS;
    private static final VarHandle LONG_HELD;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HINTS = lookup.findVarHandle(SlotSegment.class, "hints", long.class);
            LONG_HELD = lookup.findVarHandle(SlotSegment.class, "longHeld", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final AtomicReferenceArray<@Nullable Slot<T>> slots = new AtomicReferenceArray<>(PLACES);
    final SegmentGroup<T> group;

    /** The index of this segment in its group. */
    final int number;

    private volatile long hints;

    /** A bit mask of the slots that sweeps skip. */
    private volatile long longHeld;

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
    SlotSegment(SegmentGroup<T> group, int number) {
        this.group = group;
        this.number = number;
        reservations = new Reservation[PLACES];
    }

    boolean isFull() {
        return taken == -1;
    }

    /** Returns the next free position, which must exist; the caller holds the monitor of the inventory. */
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

    /** Claims a preallocated object that was never used; the caller holds the monitor of the inventory. */
    @Nullable
    Slot<T> claimFresh(long kind) {
        for (long left = fresh; left != 0; left &= left - 1) {
            Slot<T> slot = slots.get(Long.numberOfTrailingZeros(left));
            if (slot != null && slot.tryClaim(kind)) {
                return slot;
            }
        }
        return null;
    }

    /** Adds the slots that sweeps do not skip to a list. */
    void addSlotsToSweep(List<Slot<T>> list) {
        for (long left = taken & ~longHeld; left != 0; left &= left - 1) {
            Slot<T> slot = slots.get(Long.numberOfTrailingZeros(left));
            if (slot != null) {
                list.add(slot);
            }
        }
    }

    /** Returns the number of slots that sweeps skip. */
    int longHeld() {
        return Long.bitCount(longHeld);
    }

    /** Sets whether sweeps skip a slot. */
    void longHeld(int index, boolean skip) {
        if (skip) {
            LONG_HELD.getAndBitwiseOr(this, 1L << index);
        } else if ((longHeld & 1L << index) != 0) {
            LONG_HELD.getAndBitwiseAnd(this, ~(1L << index));
        }
    }

    /** Makes the next sweep visit every slot. */
    void revisit() {
        longHeld = 0;
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
        longHeld(index, false);
        slots.set(index, slot);
    }

    /** Sets the hint that the object of a slot is idle. */
    void hint(Slot<T> slot) {
        slot.hinted(true);
        if ((long) HINTS.getAndBitwiseOr(this, 1L << slot.index) == 0) {
            group.hint(number);
        }
    }

    /** Returns whether the segment has any hints. */
    boolean hasHints() {
        return hints != 0;
    }

    /** Restores the group's hint if the segment has hints; an error can have prevented it from being set. */
    void repairHint() {
        if (hasHints()) {
            group.hint(number);
        }
    }

    /** Claims an object to which the hints lead, or returns null. */
    @Nullable
    Slot<T> claimHinted(long kind) {
        for (long left = hints; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            Slot<T> slot = slots.get(index);
            if (slot != null && slot.tryClaim(kind)) {
                return slot;
            }
            HINTS.getAndBitwiseAnd(this, ~(1L << index));
            Slot<T> there = slots.get(index); // may already be another slot
            if (there != null) {
                there.hinted(false);
                if (there.isIdle()) { // released in the meantime
                    hint(there);
                }
            }
        }
        return null;
    }
}

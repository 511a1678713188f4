package dev.geotherm.pool.striped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A group of up to 64 segments. It has three bit masks, of the segments with idle objects, unused objects and free
 * positions, so that a search need not read every segment.
 *
 * <p>Its hints follow the rule of a segment's hints: the first hint in a segment sets the bit of the segment; only a
 * search that finds no hint in the segment clears it.
 */
final class SegmentGroup<T> {
    private static final int PLACES = Long.SIZE;
    private static final VarHandle HINTS;

    static {
        try {
            HINTS = MethodHandles.lookup().findVarHandle(SegmentGroup.class, "hints", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final AtomicReferenceArray<@Nullable SlotSegment<T>> segments = new AtomicReferenceArray<>(PLACES);

    /** The number of segments, which only grows; written with the monitor of the inventory held. */
    private volatile int size;

    private volatile long hints;

    /** A bit mask of the segments that may have unused objects; guarded by the monitor of the inventory. */
    long fresh;

    /** A bit mask of the segments without a free position; guarded by the monitor of the inventory. */
    long full;

    /** Creates a group with one segment. */
    SegmentGroup() {
        segments.set(0, new SlotSegment<>(this, 0));
        size = 1;
    }

    /** Returns the number of segments. */
    int size() {
        return size;
    }

    /** Returns one of the first {@link #size} segments. */
    SlotSegment<T> get(int index) {
        SlotSegment<T> segment = segments.get(index);
        if (segment == null) {
            throw new IllegalStateException("no segment " + index);
        }
        return segment;
    }

    /** Returns a segment with a free position, or null; the caller holds the monitor of the inventory. */
    @Nullable
    @SuppressWarnings("NonAtomicVolatileUpdate") // the monitor is held
    SlotSegment<T> withRoom() {
        for (long left = ~full; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            if (index == size) {
                segments.set(index, new SlotSegment<>(this, index));
                size++;
            }
            SlotSegment<T> segment = get(index);
            if (!segment.isFull()) {
                return segment;
            }
            full |= left & -left;
        }
        return null;
    }

    /** Sets the hint that a segment has idle objects. */
    void hint(int index) {
        if ((hints & 1L << index) == 0) {
            HINTS.getAndBitwiseOr(this, 1L << index);
        }
    }

    /** Claims an object to which the hints lead, or returns null; starts the search at the given segment. */
    @Nullable
    Slot<T> claimHinted(long kind, int start) {
        long all = hints;
        if (all == 0) {
            return null;
        }
        long first = all & -1L << Math.floorMod(start, size);
        Slot<T> slot = claimHinted(first, kind);
        return slot != null ? slot : claimHinted(all & ~first, kind);
    }

    private @Nullable Slot<T> claimHinted(long chosen, long kind) {
        for (long left = chosen; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            SlotSegment<T> segment = get(index);
            Slot<T> slot = segment.claimHinted(kind);
            if (slot != null) {
                return slot;
            }
            HINTS.getAndBitwiseAnd(this, ~(1L << index));
            if (segment.hasHints()) { // set in the meantime
                hint(index);
            }
        }
        return null;
    }

    /** Claims a preallocated object that was never used; the caller holds the monitor of the inventory. */
    @Nullable
    Slot<T> claimFresh(long kind) {
        for (long left = fresh; left != 0; left &= left - 1) {
            SlotSegment<T> segment = get(Long.numberOfTrailingZeros(left));
            Slot<T> slot = segment.claimFresh(kind);
            if (slot != null) {
                return slot;
            }
            if (segment.fresh == 0) {
                fresh &= ~(left & -left);
            }
        }
        return null;
    }
}

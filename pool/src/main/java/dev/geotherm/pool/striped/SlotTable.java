package dev.geotherm.pool.striped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table of the slots of a pool, in groups of segments; reads need no lock, changes need the monitor of the {@link
 * Inventory}.
 *
 * <p>A search reads one word for each group of 4,096 slots, and then only the segments to which these words lead.
 */
final class SlotTable<T> {
    /**
     * Only grows; starts with one group and its first segment, so that their classes are initialized before a caller with
     * little stack needs them.
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private volatile SegmentGroup<T>[] table = new SegmentGroup[] {new SegmentGroup<>()};

    /** Returns a segment with a free position. */
    SlotSegment<T> withRoom() {
        for (SegmentGroup<T> group : table) {
            SlotSegment<T> segment = group.withRoom();
            if (segment != null) {
                return segment;
            }
        }
        SegmentGroup<T>[] more = Arrays.copyOf(table, table.length + 1);
        SegmentGroup<T> group = new SegmentGroup<>();
        more[table.length] = group;
        table = more;
        return group.get(0);
    }

    /** Claims an idle object that was used before, if the hints lead to one; the search starts at the given segment. */
    @Nullable
    Slot<T> claimHinted(long kind, int start) {
        for (SegmentGroup<T> group : table) {
            Slot<T> slot = group.claimHinted(kind, start);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /** Claims a preallocated object that was never used; the caller holds the monitor of the inventory. */
    @Nullable
    Slot<T> claimFresh(long kind) {
        for (SegmentGroup<T> group : table) {
            Slot<T> slot = group.fresh == 0 ? null : group.claimFresh(kind);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /** Claims an idle object, with or without a hint. */
    @Nullable
    Slot<T> claimAny(long kind) {
        for (SegmentGroup<T> group : table) {
            for (int i = 0; i < group.size(); i++) {
                Slot<T> slot = group.get(i).claimAny(kind);
                if (slot != null) {
                    return slot;
                }
            }
        }
        return null;
    }

    /** Returns a number that changes with each claim. */
    long claims() {
        return sum(Slot::claim);
    }

    /** Returns the slots, in no particular order. */
    List<Slot<T>> slots() {
        List<Slot<T>> slots = new ArrayList<>();
        count(slots::add);
        return slots;
    }

    /** Returns the number of slots for which an action returns true; allocates nothing. */
    int count(Predicate<Slot<T>> action) {
        return (int) sum(slot -> action.test(slot) ? 1 : 0);
    }

    private long sum(ToLongFunction<Slot<T>> function) {
        long sum = 0;
        for (SegmentGroup<T> group : table) {
            for (int i = 0; i < group.size(); i++) {
                sum += group.get(i).sum(function);
            }
        }
        return sum;
    }

    /** Returns the slots that sweeps do not skip. */
    List<Slot<T>> slotsToSweep() {
        List<Slot<T>> slots = new ArrayList<>();
        forEachSegment(segment -> segment.addSlotsToSweep(slots));
        return slots;
    }

    /** Returns the number of slots that sweeps skip, because their objects have been in use for long. */
    int longHeld() {
        int count = 0;
        for (SegmentGroup<T> group : table) {
            for (int i = 0; i < group.size(); i++) {
                count += group.get(i).longHeld();
            }
        }
        return count;
    }

    /** Makes the next sweep visit every slot of the segments that have the given remainder. */
    void revisit(int remainder, int divisor) {
        forEachSegment(segment -> {
            if (segment.number % divisor == remainder) {
                segment.revisit();
            }
        });
    }

    /** Performs an action for each segment. */
    void forEachSegment(Consumer<SlotSegment<T>> action) {
        for (SegmentGroup<T> group : table) {
            for (int i = 0; i < group.size(); i++) {
                action.accept(group.get(i));
            }
        }
    }
}

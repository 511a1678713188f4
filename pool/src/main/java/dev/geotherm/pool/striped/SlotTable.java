package dev.geotherm.pool.striped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table of the slots of a pool, in segments; reads need no lock, changes need the monitor of the {@link Inventory}.
 */
final class SlotTable<T> {
    /**
     * Only grows; starts with one segment, so that its class is initialized before a caller with little stack needs it.
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private volatile SlotSegment<T>[] table = new SlotSegment[] {new SlotSegment<>()};

    /** Returns the segments; the caller must not change the array. */
    SlotSegment<T>[] segments() {
        return table;
    }

    /** Returns a segment with a free position. */
    SlotSegment<T> withRoom() {
        for (SlotSegment<T> segment : table) {
            if (!segment.isFull()) {
                return segment;
            }
        }
        SlotSegment<T>[] more = Arrays.copyOf(table, table.length + 1);
        SlotSegment<T> segment = new SlotSegment<>();
        more[table.length] = segment;
        table = more;
        return segment;
    }

    /** Claims an idle object that was used before, if the hints lead to one; the search starts at the given segment. */
    @Nullable
    Slot<T> claimHinted(long kind, int start) {
        SlotSegment<T>[] now = table;
        for (int i = 0; i < now.length; i++) {
            Slot<T> slot = now[(i + (start & 0xFFFF)) % now.length].claimHinted(kind);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /** Claims an idle object, with or without a hint. */
    @Nullable
    Slot<T> claimAny(long kind) {
        for (SlotSegment<T> segment : table) {
            Slot<T> slot = segment.claimAny(kind);
            if (slot != null) {
                return slot;
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
        for (SlotSegment<T> segment : table) {
            sum += segment.sum(function);
        }
        return sum;
    }
}

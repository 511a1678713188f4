package dev.geotherm.pool.striped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Where the slots of a pool stand; read by any thread without a lock, changed with the lock of the {@link Inventory} held. */
final class SlotTable<T> {
    /** Grows only. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private volatile SlotSegment<T>[] shelves = new SlotSegment[0];

    /** Returns a shelf with a place that is not taken. */
    SlotSegment<T> withRoom() {
        for (SlotSegment<T> shelf : shelves) {
            if (!shelf.isFull()) {
                return shelf;
            }
        }
        SlotSegment<T>[] more = Arrays.copyOf(shelves, shelves.length + 1);
        SlotSegment<T> shelf = new SlotSegment<>();
        more[shelves.length] = shelf;
        shelves = more;
        return shelf;
    }

    /** Claims an idle object that served before, if the hints lead to one; the search starts where the caller says. */
    @Nullable
    Slot<T> claimHinted(long kind, int start) {
        SlotSegment<T>[] now = shelves;
        for (int i = 0; i < now.length; i++) {
            Slot<T> slot = now[(i + (start & 0xFFFF)) % now.length].claimHinted(kind);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /** Claims an idle object, whether a hint leads to it or not. */
    @Nullable
    Slot<T> claimAny(long kind) {
        for (SlotSegment<T> shelf : shelves) {
            Slot<T> slot = shelf.claimAny(kind);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /** Returns a number that is another one after each claim. */
    long claims() {
        return sum(Slot::claim);
    }

    /** Returns the slots there are, in no order. */
    List<Slot<T>> slots() {
        List<Slot<T>> slots = new ArrayList<>();
        count(slots::add);
        return slots;
    }

    /** Returns for how many slots an action says true; allocates nothing. */
    int count(Predicate<Slot<T>> action) {
        return (int) sum(slot -> action.test(slot) ? 1 : 0);
    }

    private long sum(ToLongFunction<Slot<T>> function) {
        long sum = 0;
        for (SlotSegment<T> shelf : shelves) {
            sum += shelf.sum(function);
        }
        return sum;
    }
}

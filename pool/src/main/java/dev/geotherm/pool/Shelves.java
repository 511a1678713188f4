package dev.geotherm.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the slots of a pool stand; read by any thread without a lock, changed with the lock of the {@link Stock} held. */
final class Shelves<T> {
    /** Grows only. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private volatile Shelf<T>[] shelves = new Shelf[0];

    /** Returns a shelf with a place that is not taken. */
    Shelf<T> withRoom() {
        for (Shelf<T> shelf : shelves) {
            if (shelf.taken != -1) {
                return shelf;
            }
        }
        Shelf<T>[] more = Arrays.copyOf(shelves, shelves.length + 1);
        Shelf<T> shelf = new Shelf<>();
        more[shelves.length] = shelf;
        shelves = more;
        return shelf;
    }

    /** Claims an idle object that served before, if the hints lead to one; the search starts where the caller says. */
    @Nullable
    Slot<T> claimHinted(long kind, int start) {
        Shelf<T>[] now = shelves;
        for (int i = 0; i < now.length; i++) {
            Slot<T> slot = now[(i + (start & 0xFFFF)) % now.length].claimHinted(kind);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /** Claims the first of some objects that is idle. */
    static <T> @Nullable Slot<T> claimAny(List<Slot<T>> slots, long kind) {
        for (Slot<T> slot : slots) {
            if (slot.tryClaim(kind)) {
                return slot;
            }
        }
        return null;
    }

    /** Returns the slots there are, in no order. */
    List<Slot<T>> slots() {
        List<Slot<T>> slots = new ArrayList<>();
        count(slots::add);
        return slots;
    }

    /** Returns for how many slots an action says true; allocates nothing. */
    int count(Predicate<Slot<T>> action) {
        int count = 0;
        for (Shelf<T> shelf : shelves) {
            for (int i = 0; i < Shelf.PLACES; i++) {
                Slot<T> slot = shelf.get(i);
                count += slot != null && action.test(slot) ? 1 : 0;
            }
        }
        return count;
    }
}

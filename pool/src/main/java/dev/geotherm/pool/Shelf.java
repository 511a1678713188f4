package dev.geotherm.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * 64 places, and a hint for each whether the object there may be idle.
 *
 * <p>A return sets the hint unless it is set; only a search that finds the object in use clears it. So the holders who come
 * back to the same object write nothing here, and a search looks at few slots. A search that looks at a slot while its
 * object comes back may take the hint away a moment too late: the next return or sweep sets it again.
 */
final class Shelf<T> {
    static final int PLACES = Long.SIZE;
    private static final VarHandle HINTS;

    static {
        try {
            HINTS = MethodHandles.lookup().findVarHandle(Shelf.class, "hints", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final AtomicReferenceArray<@Nullable Slot<T>> slots = new AtomicReferenceArray<>(PLACES);
    private volatile long hints;

    /** Which places are taken, a bit each; guarded by the lock of the stock. */
    long taken;

    @Nullable
    Slot<T> get(int index) {
        return slots.get(index);
    }

    void put(int index, @Nullable Slot<T> slot) {
        slots.set(index, slot);
    }

    /** Takes note that the object of a slot is idle. */
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
            if (slot != null) {
                slot.hinted(false);
                if (slot.isIdle()) { // came back in between
                    hint(slot);
                }
            }
        }
        return null;
    }
}

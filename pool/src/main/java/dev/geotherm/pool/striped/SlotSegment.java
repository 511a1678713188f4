package dev.geotherm.pool.striped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * 64 places, and a hint for each whether the object there may be idle.
 *
 * <p>A return sets the hint unless it is set; only a search that finds the object in use clears it. So the holders who come
 * back to the same object write nothing here, and a search looks at few slots. A search that looks at a slot while its
 * object comes back may take the hint away a moment too late: the next return or sweep sets it again.
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

    /** Which places are taken, a bit each; written with the lock of the stock held. */
    private volatile long taken;

    boolean isFull() {
        return taken == -1;
    }

    /** Returns the next free place; the caller holds the lock of the stock, and there is one. */
    int next() {
        return Long.numberOfTrailingZeros(~taken);
    }

    /** Takes a place; the caller holds the lock of the stock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    void take(int index) {
        taken |= 1L << index;
    }

    /** Frees a place; the caller holds the lock of the stock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    void free(int index) {
        taken &= ~(1L << index);
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

    /** Returns the sum of what a function says of each slot; allocates nothing. */
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
            Slot<T> there = slots.get(index); // perhaps another one by now
            if (there != null) {
                there.hinted(false);
                if (there.isIdle()) { // came back in between
                    hint(there);
                }
            }
        }
        return null;
    }
}

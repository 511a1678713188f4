package dev.geotherm.pool.striped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The stripes of a pool. Threads with the same low bits in their ids share a stripe, which holds the slot that one of
 * them claimed last. There are four stripes per processor, and at least 16.
 *
 * <p>Stripes are chosen by thread id instead of a thread local, because the value of a short-lived virtual thread would
 * never be used again.
 */
final class Stripes<T> {
    private static final int MIN_COUNT = 16;
    private static final int MAX_COUNT = 1024;

    /** The distance between stripes, a power of two: two cache lines, because processors fetch lines in pairs. */
    private static final int APART = 32;

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Slot[].class);

    private final Slot<T>[] slots;

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic types
    Stripes() {
        int wanted =
                Math.min(MAX_COUNT, Math.max(MIN_COUNT, 4 * Runtime.getRuntime().availableProcessors()));
        int count = Integer.highestOneBit(2 * wanted - 1);
        slots = new Slot[count * APART];
    }

    /** Returns the slot that a thread of the caller's stripe claimed last, or null. */
    @Nullable
    @SuppressWarnings("unchecked") // only set below
    Slot<T> last() {
        return (Slot<T>) SLOTS.getAcquire(slots, mine());
    }

    /** Sets the slot of the caller's stripe. */
    void last(Slot<T> slot) {
        SLOTS.setRelease(slots, mine(), slot);
    }

    private int mine() {
        return (int) Thread.currentThread().getId() * APART & slots.length - 1;
    }
}

package dev.geotherm.pool.striped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What the threads whose ids end alike share: the slot that one of them claimed last. Four stripes for each processor, at
 * least 16.
 *
 * <p>The id rather than a thread local: virtual threads come and go, and what a thread local holds for them is never asked
 * for again.
 */
final class Stripes<T> {
    private static final int FEWEST = 16;
    private static final int MOST = 1024;

    /** A power of two: between two stripes lie two cache lines, because processors fetch lines in pairs. */
    private static final int APART = 32;

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Slot[].class);

    private final Slot<T>[] slots;

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic types
    Stripes() {
        int wanted = Math.min(MOST, Math.max(FEWEST, 4 * Runtime.getRuntime().availableProcessors()));
        int count = Integer.highestOneBit(2 * wanted - 1);
        slots = new Slot[count * APART];
    }

    /** Returns the slot that a thread of the caller's stripe claimed last. */
    @Nullable
    @SuppressWarnings("unchecked") // only set below
    Slot<T> last() {
        return (Slot<T>) SLOTS.getAcquire(slots, mine());
    }

    /** Has the caller's stripe remember a slot. */
    void last(Slot<T> slot) {
        SLOTS.setRelease(slots, mine(), slot);
    }

    private int mine() {
        return (int) Thread.currentThread().getId() * APART & slots.length - 1;
    }
}

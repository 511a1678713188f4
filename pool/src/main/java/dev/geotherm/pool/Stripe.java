package dev.geotherm.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What the threads whose ids end alike share: the slot that one of them returned last.
 *
 * <p>Threads of the platform and virtual ones are treated alike; nothing is kept for a thread that ended.
 */
final class Stripe<T> extends StripeLast<T> {
    long a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14;
}

/** The padding before the field. */
abstract class StripeBefore {
    long b00, b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14;
}

/** The field. */
abstract class StripeLast<T> extends StripeBefore {
    private static final VarHandle LAST;

    static {
        try {
            LAST = MethodHandles.lookup().findVarHandle(StripeLast.class, "last", Slot.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private @Nullable Slot<T> last;

    @Nullable
    @SuppressWarnings("unchecked") // only set below
    final Slot<T> last() {
        return (Slot<T>) LAST.getAcquire(this);
    }

    /** Remembers a slot; writes only what changes, because each write of a reference costs the collector's barrier. */
    final void last(Slot<T> slot) {
        if (last != slot) {
            LAST.setRelease(this, slot);
        }
    }
}

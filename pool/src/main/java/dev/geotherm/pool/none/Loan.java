package dev.geotherm.pool.none;

import dev.geotherm.api.pool.PoolSlot;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A loan of an object, by {@code acquire} or a lease; enqueued when the object leaks. Equal only to itself. */
final class Loan extends WeakReference<Object> implements PoolSlot {
    private final NonePool<?> pool;
    private final int identity;
    private final boolean byLease;

    /** Whether the loan has ended or its object has leaked; written once, with the monitor held or by the creator. */
    volatile boolean over;

    Loan(NonePool<?> pool, Object object, boolean byLease, ReferenceQueue<Object> leaked) {
        super(object, leaked);
        this.pool = pool;
        this.identity = System.identityHashCode(object);
        this.byLease = byLease;
    }

    boolean isOf(NonePool<?> other, Object object) {
        return pool == other && refersTo(object);
    }

    boolean isByLease() {
        return byLease;
    }

    /** Ends the loan; of several racing threads, one succeeds. */
    synchronized boolean end() {
        boolean ended = !over;
        over = true;
        return ended;
    }

    @Override
    public int hashCode() {
        return identity;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }
}

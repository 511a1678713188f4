package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.Lease;
import org.jspecify.annotations.Nullable;

/**
 * A lease of one claim. It knows the number of the claim, so it can never end another one.
 *
 * <p>Small and final, so that the JIT can eliminate its allocation if it does not escape.
 */
final class StripedLease<T> implements Lease<T> {
    private final StripedPool<T> pool;
    private final Slot<T> slot;
    private final long claim;
    private @Nullable T object;

    StripedLease(StripedPool<T> pool, Slot<T> slot, long claim, T object) {
        this.pool = pool;
        this.slot = slot;
        this.claim = claim;
        this.object = object;
    }

    @Override
    public T get() {
        T held = object;
        if (held == null) {
            throw new IllegalStateException("pool " + pool.name() + ": this lease is closed");
        }
        return held;
    }

    @Override
    public void close() {
        T held = object;
        if (held != null) {
            object = null;
            pool.endLease(slot, claim, held);
        }
    }

    @Override
    public void discard() {
        T held = object;
        if (held != null) {
            object = null;
            pool.discardLease(slot, claim, held);
        }
    }
}

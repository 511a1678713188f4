package dev.geotherm.api.pool;

import org.jspecify.annotations.Nullable;

/** A base class for pooled objects that store their slot. */
public abstract class PoolableObject implements Poolable {
    private @Nullable PoolSlot slot;

    /** Constructor for subclasses. */
    protected PoolableObject() {}

    @Override
    public final @Nullable PoolSlot slot() {
        return slot;
    }

    @Override
    public final void slot(PoolSlot newSlot) {
        slot = newSlot;
    }
}

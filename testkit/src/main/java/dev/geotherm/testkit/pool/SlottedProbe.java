package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.PoolSlot;
import dev.geotherm.api.pool.Poolable;
import org.jspecify.annotations.Nullable;

/** A probe that stores its slot, and counts how often the slot is set. */
final class SlottedProbe extends Probe implements Poolable {
    private volatile @Nullable PoolSlot slot;
    int slotsTold;

    @Override
    public @Nullable PoolSlot slot() {
        return slot;
    }

    @Override
    public void slot(@Nullable PoolSlot newSlot) {
        slot = newSlot;
        slotsTold++;
    }
}

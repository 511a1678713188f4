package dev.geotherm.pool.none;

import dev.geotherm.api.pool.PoolSlot;
import java.util.concurrent.atomic.AtomicBoolean;

/** What an object that was acquired from a {@link NonePool} carries with it: whose it is, and whether it came back. */
final class NoneSlot extends AtomicBoolean implements PoolSlot {
    private static final long serialVersionUID = 1L;

    private final transient NonePool<?> pool;
    private final transient Object object;

    NoneSlot(NonePool<?> pool, Object object) {
        this.pool = pool;
        this.object = object;
    }

    /** Ends the hand-out; returns false if it is another pool's, another object's, or ended before. */
    boolean takeBack(NonePool<?> by, Object returned) {
        return pool == by && object == returned && compareAndSet(false, true);
    }
}

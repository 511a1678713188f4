package dev.geotherm.pool.none;

import dev.geotherm.api.pool.PoolSlot;
import java.util.concurrent.atomic.AtomicBoolean;

/** The slot of an object that was acquired from a {@link NonePool}: its pool, and whether it was released. */
final class NoneSlot extends AtomicBoolean implements PoolSlot {
    private static final long serialVersionUID = 1L;

    private final transient NonePool<?> pool;
    private final transient Object object;

    NoneSlot(NonePool<?> pool, Object object) {
        this.pool = pool;
        this.object = object;
    }

    /** Ends the acquisition; returns false if it is that of another pool or object, or ended before. */
    boolean takeBack(NonePool<?> by, Object returned) {
        return pool == by && object == returned && compareAndSet(false, true);
    }
}

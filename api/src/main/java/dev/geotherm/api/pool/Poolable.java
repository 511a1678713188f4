package dev.geotherm.api.pool;

import org.jspecify.annotations.Nullable;

/**
 * A pooled object that stores its slot, so that releasing it needs no look-up.
 *
 * <p>Objects of any type can be pooled, but these are released fastest. {@link PoolableObject} is a base class that
 * implements both methods.
 *
 * <p>Only the pool may set the slot; it does so once, before the object is first acquired. A pool does not trust the slot:
 * it refuses an object with a slot that is not its own.
 */
public interface Poolable {

    /** Returns the slot that was set last, or null if none was set. */
    @Nullable
    PoolSlot slot();

    /** Stores the slot; the pool calls this once, right after allocating the object. */
    void slot(PoolSlot slot);
}

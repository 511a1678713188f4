package dev.geotherm.api.pool;

import org.jspecify.annotations.Nullable;

/**
 * An object that remembers the slot its pool keeps it in, so that its return needs no look-up.
 *
 * <p>Objects of any type can be pooled; these are returned fastest. {@link PoolableObject} is a base class with both
 * methods.
 *
 * <p>The slot is written by the pool, before it hands the object out for the first time, and by nobody else. A pool
 * does not trust it: an object with a foreign slot is refused.
 */
public interface Poolable {

    /** Returns the slot that was set last, or null before the first. */
    @Nullable
    PoolSlot slot();

    /** Remembers a slot; called by the pool, once, right after the object was allocated. */
    void slot(PoolSlot slot);
}

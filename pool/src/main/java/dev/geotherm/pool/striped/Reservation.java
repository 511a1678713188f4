package dev.geotherm.pool.striped;

import org.jspecify.annotations.Nullable;

/**
 * A reserved position for a slot, taken before the object is allocated, so that the bound holds throughout.
 *
 * <p>It belongs to one thread until the position has a slot or is free again.
 */
final class Reservation<T> {
    final SlotSegment<T> segment;
    final int index;

    /** The object that was allocated for the position but is not in a slot yet. */
    @Nullable
    T made;

    /** Whether the operation with this reservation failed; a sweep frees it. See {@link Inventory}. */
    volatile boolean orphaned;

    Reservation(SlotSegment<T> segment, int index) {
        this.segment = segment;
        this.index = index;
    }
}

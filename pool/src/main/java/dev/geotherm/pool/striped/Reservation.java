package dev.geotherm.pool.striped;

/**
 * A reserved position for a slot, taken before the object is allocated, so that the bound holds throughout.
 *
 * @param segment the segment
 * @param index the position in the segment
 */
record Reservation<T>(SlotSegment<T> segment, int index) {}

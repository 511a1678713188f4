package dev.geotherm.pool.striped;

/**
 * Where a slot is put: taken before the object is allocated, so that the bound holds throughout.
 *
 * @param shelf the shelf
 * @param index the number of the place on it
 */
record Reservation<T>(SlotSegment<T> shelf, int index) {}

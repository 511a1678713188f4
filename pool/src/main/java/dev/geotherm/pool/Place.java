package dev.geotherm.pool;

/**
 * Where a slot is put: taken before the object is allocated, so that the bound holds throughout.
 *
 * @param shelf the shelf
 * @param index the number of the place on it
 */
record Place<T>(Shelf<T> shelf, int index) {}

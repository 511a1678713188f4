package dev.geotherm.pool;

/**
 * Where a slot is put: taken before the object is allocated, so that the bound holds throughout.
 *
 * @param shelf the shelf
 * @param index the number of the place on it
 * @param surplus whether the object is beyond the bound, which is looked at again when it comes back
 */
record Place<T>(Shelf<T> shelf, int index, boolean surplus) {}

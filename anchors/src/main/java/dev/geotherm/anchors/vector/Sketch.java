package dev.geotherm.anchors.vector;

/**
 * A summary of a vector that an index compares instead of the vector; depends only on the vector.
 *
 * @param signs the signs of 512 projections; vectors with a small angle differ in few of them
 * @param peaks the largest coordinates of rotated vectors, which are often the same for vectors with a small angle; {@link
 *     Sketcher} describes the bits
 * @param hash a hash of the vector's numbers
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
public record Sketch(long[] signs, int[] peaks, int hash) {}

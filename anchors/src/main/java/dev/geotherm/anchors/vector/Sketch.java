package dev.geotherm.anchors.vector;

/**
 * What an index compares instead of a vector; a function of the vector alone.
 *
 * @param signs the signs of 512 projections; vectors with a small angle differ in few of them
 * @param peaks the greatest coordinates of rotated vectors, which are often the same for vectors with a small angle: {@link
 *     Sketcher} describes the bits
 * @param hash an ordinary hash of the vector's numbers
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
public record Sketch(long[] signs, int[] peaks, int hash) {}

package dev.geotherm.anchors.vector;

/**
 * What an index compares instead of a vector; a function of the vector alone.
 *
 * @param signs the signs of 256 projections; vectors with a small angle differ in few of them
 * @param hashes for each table and level, a hash that near vectors share with high probability
 * @param hash an ordinary hash of the vector's numbers
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
public record Sketch(long[] signs, byte[] hashes, int hash) {}

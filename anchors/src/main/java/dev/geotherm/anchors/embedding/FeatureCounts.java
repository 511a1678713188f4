package dev.geotherm.anchors.embedding;

import java.util.Arrays;

/**
 * The features of one text with their counts, in the order of the text. A feature is identified by its hash.
 *
 * <p>A hash table with open addressing: a text has some hundred features, and objects for each of them would take longer than
 * all else that the embedder does. Not thread-safe.
 */
final class FeatureCounts {
    private static final int FIRST_CAPACITY = 64;
    private static final int MIXER = 0x9E3779B9;

    private int[] hashes = new int[FIRST_CAPACITY];
    private double[] counts = new double[FIRST_CAPACITY];
    private int size;
    /** The number of a feature plus one, or 0 where a place is free; at most half full. */
    private int[] places = new int[2 * FIRST_CAPACITY];

    /** Adds to the count of a feature. */
    void add(int hash, double weight) {
        int place = place(hash);
        int feature = places[place] - 1;
        if (feature >= 0) {
            counts[feature] += weight;
            return;
        }
        if (size == hashes.length) {
            grow();
            place = place(hash);
        }
        hashes[size] = hash;
        counts[size] = weight;
        places[place] = ++size;
    }

    /** Returns the place of a feature, or the free one where it belongs. */
    private int place(int hash) {
        int mask = places.length - 1;
        int mixed = hash * MIXER;
        int place = (mixed ^ mixed >>> 16) & mask;
        while (places[place] != 0 && hashes[places[place] - 1] != hash) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
        places = new int[2 * places.length];
        for (int i = 0; i < size; i++) {
            places[place(hashes[i])] = i + 1;
        }
    }

    /** Returns the number of different features. */
    int size() {
        return size;
    }

    /** Returns the hash of a feature by its number, which is below {@link #size}. */
    int hash(int feature) {
        return hashes[feature];
    }

    /** Returns the weight of a feature, which is logarithmic in its count. */
    double weight(int feature) {
        return Math.log1p(counts[feature]);
    }
}

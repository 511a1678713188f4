package dev.geotherm.diff.compare;

/**
 * A Fenwick tree that counts the elements before each position (Fenwick, A New Data Structure for Cumulative Frequency
 * Tables, 1994).
 */
final class FenwickTree {
    private final int[] sums;

    FenwickTree(int places) {
        sums = new int[places + 1];
    }

    void add(int place, int count) {
        for (int i = place + 1; i < sums.length; i += i & -i) {
            sums[i] += count;
        }
    }

    /** Returns the number of elements before the given position. */
    int before(int place) {
        int sum = 0;
        for (int i = place; i > 0; i -= i & -i) {
            sum += sums[i];
        }
        return sum;
    }
}

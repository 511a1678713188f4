package dev.geotherm.anchors.retrieval;

import java.util.Arrays;

/** A set of non-negative ints without boxing: a hash table with linear probing. */
final class IntSet {
    private static final int FREE = -1;

    private int[] table = new int[16];
    private int size;

    IntSet() {
        Arrays.fill(table, FREE);
    }

    /** Adds a number, and returns whether it is new. */
    boolean add(int number) {
        int at = find(table, number);
        if (table[at] == number) {
            return false;
        }
        table[at] = number;
        if (++size * 2 > table.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        int[] larger = new int[table.length * 4];
        Arrays.fill(larger, FREE);
        for (int number : table) {
            if (number != FREE) {
                larger[find(larger, number)] = number;
            }
        }
        table = larger;
    }

    /** Returns the index of a number, or the free index for it. */
    private static int find(int[] table, int number) {
        int mask = table.length - 1;
        int at = ((number * 0x9E3779B9) >>> 7) & mask;
        while (table[at] != FREE && table[at] != number) {
            at = (at + 1) & mask;
        }
        return at;
    }
}

package dev.geotherm.anchors.retrieval;

import java.util.Arrays;

/** A set of numbers of at least 0, without objects for them: a hash table with linear probing. */
final class IntSet {
    private static final int FREE = -1;

    private int[] table = new int[16];
    private int size;

    IntSet() {
        Arrays.fill(table, FREE);
    }

    /** Adds a number; returns whether it is new. */
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

    /** Returns where a number is, or is to be put. */
    private static int find(int[] table, int number) {
        int mask = table.length - 1;
        int at = ((number * 0x9E3779B9) >>> 7) & mask;
        while (table[at] != FREE && table[at] != number) {
            at = (at + 1) & mask;
        }
        return at;
    }
}

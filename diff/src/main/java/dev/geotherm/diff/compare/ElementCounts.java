package dev.geotherm.diff.compare;

import java.util.Arrays;

/** The number of occurrences of each element in two arrays, and their positions in the second. */
final class ElementCounts {
    private final int[] inA;
    private final int[] inB;
    private final int[] starts;

    ElementCounts(int[] a, int[] b, int ids) {
        inA = new int[ids];
        inB = new int[ids];
        starts = new int[ids + 1];
        for (int id : a) {
            inA[id]++;
        }
        for (int id : b) {
            if (id >= 0) {
                inB[id]++;
            }
        }
        for (int id = 0; id < ids; id++) {
            starts[id + 1] = starts[id] + inB[id];
        }
    }

    /** Returns the number of pairs of equal elements with the given id. */
    long pairs(int id) {
        return (long) inA[id] * inB[id];
    }

    /** Returns whether no element has more than {@code mostPairs} pairs. */
    boolean allWithin(int mostPairs) {
        for (int id = 0; id < inA.length; id++) {
            if (pairs(id) > mostPairs) {
                return false;
            }
        }
        return true;
    }

    /** Returns the positions of the elements that occur in both arrays. */
    int[] placesOfPaired(int[] elements) {
        int[] places = new int[elements.length];
        int count = 0;
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] >= 0 && pairs(elements[i]) > 0) {
                places[count++] = i;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** Returns the positions in the second array, grouped by id and in ascending order. */
    int[] placesInB(int[] b) {
        int[] next = starts.clone();
        int[] places = new int[starts[starts.length - 1]];
        for (int j = 0; j < b.length; j++) {
            if (b[j] >= 0) {
                places[next[b[j]]++] = j;
            }
        }
        return places;
    }

    int placesStart(int id) {
        return starts[id];
    }

    int placesEnd(int id) {
        return starts[id + 1];
    }
}

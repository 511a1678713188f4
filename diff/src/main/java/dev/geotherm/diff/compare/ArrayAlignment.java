package dev.geotherm.diff.compare;

import java.util.Arrays;

/**
 * An alignment of two arrays: the elements that stay in place. They are a longest common subsequence, or nearly one if
 * elements repeat often and far apart. Takes O(n log n) time at most.
 */
final class ArrayAlignment {
    /** The number of pairs per element above which a search for the fewest edits pays off. */
    private static final int MAX_PAIRS = 8;

    private static final int MAX_EDITS = 256;

    private final int[] a;
    private final int[] b;
    private final ElementCounts counts;
    private final int[] partners;
    private long work;

    private ArrayAlignment(int[] a, int[] b, ElementCounts counts) {
        this.a = a;
        this.b = b;
        this.counts = counts;
        partners = new int[a.length];
        Arrays.fill(partners, -1);
    }

    /**
     * Returns for each element of {@code a} the index of its partner in {@code b}, or -1; partners ascend.
     *
     * @param ids the number of different ids; those of {@code a} are below it, those of {@code b} may be -1
     * @param costs counts the work
     */
    static int[] align(int[] a, int[] b, int ids, Equality costs) {
        ElementCounts counts = new ElementCounts(a, b, ids);
        int[] aPlaces = counts.placesOfPaired(a);
        int[] bPlaces = counts.placesOfPaired(b);
        ArrayAlignment paired = new ArrayAlignment(pick(a, aPlaces), pick(b, bPlaces), counts);
        paired.align();
        costs.work += paired.work + a.length + b.length;
        int[] partners = new int[a.length];
        Arrays.fill(partners, -1);
        for (int i = 0; i < aPlaces.length; i++) {
            if (paired.partners[i] >= 0) {
                partners[aPlaces[i]] = bPlaces[paired.partners[i]];
            }
        }
        return partners;
    }

    private static int[] pick(int[] from, int[] places) {
        int[] picked = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            picked[i] = from[places[i]];
        }
        return picked;
    }

    private void align() {
        if (counts.allWithin(MAX_PAIRS)) {
            work += HuntSzymanski.align(a, b, counts, MAX_PAIRS, partners);
            return;
        }
        MyersDiff edits = new MyersDiff(a, b, MAX_EDITS, partners);
        if (edits.isNear(0, a.length, 0, b.length)) {
            edits.align(0, a.length, 0, b.length);
        } else {
            alignBetweenRare(edits);
        }
        work += edits.work();
    }

    /** Uses elements that are rare in both arrays as landmarks. */
    private void alignBetweenRare(MyersDiff edits) {
        work += HuntSzymanski.align(a, b, counts, 1, partners);
        int aFrom = 0;
        int bFrom = 0;
        for (int i = 0; i < a.length; i++) {
            if (partners[i] >= 0) {
                int partner = partners[i];
                edits.align(aFrom, i, bFrom, partner);
                aFrom = i + 1;
                bFrom = partner + 1;
            }
        }
        edits.align(aFrom, a.length, bFrom, b.length);
    }
}

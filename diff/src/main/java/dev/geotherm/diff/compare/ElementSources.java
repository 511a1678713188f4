package dev.geotherm.diff.compare;

import java.util.Arrays;

/** The source of each element of a later array in the earlier one. */
final class ElementSources {
    private final int[] of;
    private final boolean[] stays;
    private final boolean[] knownEqual;
    private boolean pairedByOrder;

    private ElementSources(int size) {
        of = new int[size];
        stays = new boolean[size];
        knownEqual = new boolean[size];
        Arrays.fill(of, -1);
    }

    /** Returns the number of elements of the later array. */
    int size() {
        return of.length;
    }

    /** Returns the index in the earlier array of an element of the later one, or -1 for a new one. */
    int of(int index) {
        return of[index];
    }

    /** Returns whether an element stays in place relative to the others that stay; all others move. */
    boolean stays(int index) {
        return stays[index];
    }

    /** Returns whether an element is known to be equal, so that its content need not be compared. */
    boolean isKnownEqual(int index) {
        return knownEqual[index];
    }

    /** Returns whether some elements were paired only by their order, because their content does not identify them. */
    boolean isPairedByOrder() {
        return pairedByOrder;
    }

    /**
     * Aligns elements by key: the longest increasing subsequence stays in place. The first {@code same} elements of
     * both arrays are equal except at ignored paths, which may include the key.
     */
    static ElementSources byKey(int[] sources, int earlier, int same, boolean moves, Equality costs) {
        ElementSources result = new ElementSources(sources.length);
        if (ascends(sources)) {
            Arrays.fill(result.stays, true);
        } else {
            int[] ids = new int[earlier];
            Arrays.setAll(ids, i -> i);
            for (int partner : ArrayAlignment.align(ids, sources, earlier, costs)) {
                if (partner >= 0) {
                    result.stays[partner] = true;
                }
            }
        }
        for (int j = 0; j < sources.length; j++) {
            result.of[j] = moves || result.stays[j] ? sources[j] : -1;
            result.knownEqual[j] = j < same && sources[j] == j;
        }
        return result;
    }

    private static boolean ascends(int[] sources) {
        int last = -1;
        for (int source : sources) {
            if (source >= 0) {
                if (source < last) {
                    return false;
                }
                last = source;
            }
        }
        return true;
    }

    /** Aligns elements by content; unmatched elements between matched ones are treated as edited in place. */
    static ElementSources byContent(int[] a, int[] b, int ids, boolean moves, Equality costs) {
        ElementSources result = new ElementSources(b.length);
        boolean[] used = new boolean[a.length];
        int[] partners = ArrayAlignment.align(a, b, ids, costs);
        for (int i = 0; i < a.length; i++) {
            if (partners[i] >= 0) {
                result.matchEqual(partners[i], i, true);
                used[i] = true;
            }
        }
        if (moves) {
            result.findMoves(a, b, ids, used);
        }
        result.pairByOrder(partners, used);
        return result;
    }

    private void matchEqual(int j, int i, boolean stay) {
        of[j] = i;
        stays[j] = stay;
        knownEqual[j] = true;
    }

    private void findMoves(int[] a, int[] b, int ids, boolean[] used) {
        int[] first = new int[ids];
        int[] next = new int[a.length];
        Arrays.fill(first, -1);
        for (int i = a.length - 1; i >= 0; i--) {
            if (!used[i]) {
                next[i] = first[a[i]];
                first[a[i]] = i;
            }
        }
        for (int j = 0; j < b.length; j++) {
            int i = of[j] < 0 && b[j] >= 0 ? first[b[j]] : -1;
            if (i >= 0) {
                first[b[j]] = next[i];
                used[i] = true;
                matchEqual(j, i, false);
            }
        }
    }

    private void pairByOrder(int[] partners, boolean[] used) {
        boolean isNew = false;
        for (int each : of) {
            isNew |= each < 0;
        }
        int j = 0;
        for (int i = 0; i < used.length; i++) {
            if (partners[i] >= 0) {
                j = partners[i] + 1;
            } else if (!used[i]) {
                pairedByOrder = isNew;
                while (j < of.length && of[j] >= 0 && !stays[j]) {
                    j++;
                }
                if (j < of.length && of[j] < 0) {
                    of[j] = i;
                    stays[j] = true;
                    j++;
                }
            }
        }
    }
}

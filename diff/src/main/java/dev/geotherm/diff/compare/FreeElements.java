package dev.geotherm.diff.compare;

import java.util.Arrays;

/**
 * The matching of the elements that a key leaves free: first those with equal content, then those that share a key, in
 * their order, then those without a key next to matched elements.
 */
final class FreeElements {
    private final KeyedElements keyed;
    private final int[] sources;
    private final boolean[] used;

    private FreeElements(KeyedElements keyed, int earlier) {
        this.keyed = keyed;
        sources = keyed.sources();
        used = new boolean[earlier];
        for (int source : sources) {
            if (source >= 0) {
                used[source] = true;
            }
        }
    }

    /**
     * Completes the sources of an alignment by key.
     *
     * @param earlier the number of elements of the first array
     * @param ids the ids of the elements between those that are equal at both ends
     * @param head the number of equal elements at the start
     */
    static int[] match(KeyedElements keyed, int earlier, ElementIds ids, int head) {
        FreeElements rest = new FreeElements(keyed, earlier);
        if (keyed.free() > 0) {
            rest.matchEnds(head, earlier - head - ids.a.length);
            rest.matchEqual(ids, head);
            rest.matchShared();
            rest.matchNeighbours();
        }
        return rest.sources;
    }

    private boolean isFreeInA(int i) {
        return !used[i] && keyed.isFree(keyed.keyOfA(i));
    }

    private boolean isFreeInB(int j) {
        return sources[j] < 0 && keyed.isFree(keyed.keyOfB(j));
    }

    private void take(int i, int j) {
        sources[j] = i;
        used[i] = true;
    }

    private void matchEnds(int head, int tail) {
        for (int i = 0; i < head; i++) {
            takeIfFree(i, i);
        }
        for (int k = 1; k <= tail; k++) {
            takeIfFree(used.length - k, sources.length - k);
        }
    }

    private void takeIfFree(int i, int j) {
        if (isFreeInA(i) && isFreeInB(j)) {
            take(i, j);
        }
    }

    private void matchEqual(ElementIds ids, int head) {
        int[] first = new int[ids.count()];
        int[] next = new int[ids.a.length];
        Arrays.fill(first, -1);
        for (int i = ids.a.length - 1; i >= 0; i--) {
            if (isFreeInA(head + i)) {
                next[i] = first[ids.a[i]];
                first[ids.a[i]] = i;
            }
        }
        for (int j = 0; j < ids.b.length; j++) {
            int i = ids.b[j] >= 0 && isFreeInB(head + j) ? first[ids.b[j]] : -1;
            if (i >= 0) {
                first[ids.b[j]] = next[i];
                take(head + i, head + j);
            }
        }
    }

    /** Matches elements that share their key with others in their array. */
    private void matchShared() {
        int[] first = new int[used.length + sources.length];
        int[] next = new int[used.length];
        Arrays.fill(first, -1);
        for (int i = used.length - 1; i >= 0; i--) {
            int key = keyed.keyOfA(i);
            if (key >= 0 && isFreeInA(i)) {
                next[i] = first[key];
                first[key] = i;
            }
        }
        for (int j = 0; j < sources.length; j++) {
            int key = keyed.keyOfB(j);
            int i = key >= 0 && isFreeInB(j) ? first[key] : -1;
            if (i >= 0) {
                first[key] = next[i];
                take(i, j);
            }
        }
    }

    /** Matches pairs of elements that are next to the same matched element, if at least one of them has no key. */
    private void matchNeighbours() {
        for (int j = 0; j < sources.length; j++) {
            matchUnkeyed(j == 0 ? 0 : sources[j - 1] < 0 ? -1 : sources[j - 1] + 1, j);
        }
        for (int j = sources.length - 1; j >= 0; j--) {
            matchUnkeyed(j == sources.length - 1 ? used.length - 1 : sources[j + 1] - 1, j);
        }
    }

    private void matchUnkeyed(int i, int j) {
        if (sources[j] < 0 && i >= 0 && i < used.length && !used[i] && (keyed.keyOfA(i) < 0 || keyed.keyOfB(j) < 0)) {
            take(i, j);
        }
    }
}

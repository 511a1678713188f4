package dev.geotherm.diff;

import java.util.Arrays;

/**
 * Which elements of one array stay in the other, in order.
 *
 * <p>A longest common subsequence by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986)
 * while at most {@value #MOST_EDITS} edits are needed. Beyond that, a longest increasing run of the elements that occur
 * once in both, with their equal neighbours: less good, but never worse than n log n.
 */
final class ArrayAlignment {
    private static final int MOST_EDITS = 512;

    private final int[] a;
    private final int[] b;
    private final int[] partners;

    private ArrayAlignment(int[] a, int[] b) {
        this.a = a;
        this.b = b;
        this.partners = new int[a.length];
        Arrays.fill(partners, -1);
    }

    /** Returns for each element of {@code a} the index of its partner in {@code b}, or -1; partners ascend. */
    static int[] align(int[] a, int[] b) {
        ArrayAlignment alignment = new ArrayAlignment(a, b);
        if (a.length > 0 && b.length > 0 && !alignment.alignByFewestEdits()) {
            alignment.alignByUniqueElements();
        }
        return alignment.partners;
    }

    private boolean alignByFewestEdits() {
        int most = Math.min(MOST_EDITS, a.length + b.length);
        int[][] trace = new int[most + 1][];
        int[] furthest = new int[2 * most + 3];
        for (int edits = 0; edits <= most; edits++) {
            for (int k = -edits; k <= edits; k += 2) {
                int x = start(furthest, most, k, edits);
                int y = x - k;
                while (x >= 0 && y >= 0 && x < a.length && y < b.length && a[x] == b[y]) {
                    x++;
                    y++;
                }
                furthest[most + 1 + k] = x;
                if (x == a.length && y == b.length) {
                    walkBack(trace, edits);
                    return true;
                }
            }
            // Only what this round has set is kept, so that memory is that of the edits squared.
            trace[edits] = Arrays.copyOfRange(furthest, most - edits, most + edits + 3);
        }
        return false;
    }

    private static int start(int[] furthest, int middle, int k, int edits) {
        if (edits == 0) {
            return 0;
        }
        int below = furthest[middle + 2 + k];
        int left = furthest[middle + k];
        return k == -edits || (k != edits && left < below) ? below : left + 1;
    }

    private void walkBack(int[][] trace, int lastEdits) {
        int x = a.length;
        int y = b.length;
        for (int edits = lastEdits; edits > 0; edits--) {
            int[] before = trace[edits - 1];
            int k = x - y;
            int below = at(before, edits - 1, k + 1);
            int left = at(before, edits - 1, k - 1);
            boolean down = k == -edits || (k != edits && left < below);
            int fromK = down ? k + 1 : k - 1;
            int fromX = down ? below : left;
            int snakeStart = down ? fromX : fromX + 1;
            for (; x > snakeStart; x--, y--) {
                partners[x - 1] = y - 1;
            }
            x = fromX;
            y = fromX - fromK;
        }
        for (; x > 0; x--, y--) {
            partners[x - 1] = y - 1;
        }
    }

    private static int at(int[] kept, int edits, int k) {
        int index = k + edits + 1;
        return index < 0 || index >= kept.length ? -1 : kept[index];
    }

    private void alignByUniqueElements() {
        int ids = Math.max(
                        Arrays.stream(a).max().orElse(0), Arrays.stream(b).max().orElse(0))
                + 1;
        int[] onceInB = placesOfUnique(b, ids);
        int[] onceInA = placesOfUnique(a, ids);
        int[] ends = new int[a.length];
        int[] previous = new int[a.length];
        int length = 0;
        for (int i = 0; i < a.length; i++) {
            if (onceInA[a[i]] < 0 || onceInB[a[i]] < 0) {
                continue;
            }
            int at = firstNotBefore(ends, length, onceInB, onceInB[a[i]]);
            previous[i] = at == 0 ? -1 : ends[at - 1];
            ends[at] = i;
            length = Math.max(length, at + 1);
        }
        for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = previous[i]) {
            partners[i] = onceInB[a[i]];
        }
        growForward();
    }

    /** Returns for each id its place, -1 if it has none, or -2 if it has several. */
    private static int[] placesOfUnique(int[] elements, int ids) {
        int[] places = new int[ids];
        Arrays.fill(places, -1);
        for (int i = 0; i < elements.length; i++) {
            places[elements[i]] = places[elements[i]] == -1 ? i : -2;
        }
        return places;
    }

    private int firstNotBefore(int[] ends, int length, int[] onceInB, int place) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (onceInB[a[ends[middle]]] < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void growForward() {
        int[] limits = new int[a.length];
        int limit = b.length;
        for (int i = a.length - 1; i >= 0; i--) {
            limits[i] = limit;
            limit = partners[i] >= 0 ? partners[i] : limit;
        }
        for (int i = 1; i < a.length; i++) {
            int candidate = partners[i - 1] + 1;
            if (partners[i] < 0 && candidate > 0 && candidate < limits[i] && a[i] == b[candidate]) {
                partners[i] = candidate;
            }
        }
    }
}

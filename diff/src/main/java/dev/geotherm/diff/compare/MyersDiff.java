package dev.geotherm.diff.compare;

import java.util.Arrays;

/**
 * A longest common subsequence by the fewest edits, in linear space: Myers, "An O(ND) Difference Algorithm and Its
 * Variations", 1986, section 4b. A search proceeds from both ends until the paths meet, and splits the problem there;
 * if it has made {@code most} edits without meeting, it splits at the furthest point reached. The time is therefore at
 * most the number of elements times {@code most}, but the result may then not be the longest.
 */
final class MyersDiff {
    private static final int NONE = Integer.MIN_VALUE / 2;

    private final int[] a;
    private final int[] b;
    private final int most;
    private final int[] partners;
    private final int[] ahead;
    private final int[] back;
    private final int middle;
    private final IntList open = new IntList();
    private long work;

    /** The split point of the last search. */
    private int cutA;

    private int cutB;

    MyersDiff(int[] a, int[] b, int most, int[] partners) {
        this.a = a;
        this.b = b;
        this.most = most;
        this.partners = partners;
        int reach = (int) Math.min(most, ((long) a.length + b.length + 1) / 2) + 1;
        middle = reach + 1;
        ahead = new int[2 * middle + 1];
        back = new int[2 * middle + 1];
    }

    /** Returns the number of steps that the searches have made. */
    long work() {
        return work;
    }

    /** Finds partners in a range of both arrays. */
    void align(int aFrom, int aTo, int bFrom, int bTo) {
        push(aFrom, aTo, bFrom, bTo);
        while (open.size() > 0) {
            int bEnd = open.pop();
            int bStart = open.pop();
            int aEnd = open.pop();
            int aStart = open.pop();
            split(aStart, aEnd, bStart, bEnd);
        }
    }

    /** Returns whether a range of both arrays is within the bound of the search. */
    boolean isNear(int aFrom, int aTo, int bFrom, int bTo) {
        return search(aFrom, aTo, bFrom, bTo);
    }

    private void push(int aFrom, int aTo, int bFrom, int bTo) {
        open.add(aFrom);
        open.add(aTo);
        open.add(bFrom);
        open.add(bTo);
    }

    private void split(int aStart, int aEnd, int bStart, int bEnd) {
        int aFrom = aStart;
        int bFrom = bStart;
        while (aFrom < aEnd && bFrom < bEnd && a[aFrom] == b[bFrom]) {
            partners[aFrom++] = bFrom++;
            work++;
        }
        int aTo = aEnd;
        int bTo = bEnd;
        while (aTo > aFrom && bTo > bFrom && a[aTo - 1] == b[bTo - 1]) {
            partners[--aTo] = --bTo;
            work++;
        }
        if (aFrom < aTo && bFrom < bTo) {
            search(aFrom, aTo, bFrom, bTo);
            int a0 = cutA;
            int b0 = cutB;
            push(aFrom, a0, bFrom, b0);
            push(a0, aTo, b0, bTo);
        }
    }

    /**
     * Searches for a point on a shortest path and stores it as the split point; returns false if the bound was reached.
     *
     * <p>{@code ahead} and {@code back} contain for each diagonal the furthest position in the first array that paths
     * with the current number of edits reach, counted from the start and from the end; diagonal k of one is diagonal n
     * - m - k of the other.
     */
    private boolean search(int aFrom, int aTo, int bFrom, int bTo) {
        int n = aTo - aFrom;
        int m = bTo - bFrom;
        boolean odd = ((n - m) & 1) != 0;
        int bound = (int) Math.min(most, ((long) n + m + 1) / 2);
        Arrays.fill(ahead, middle - bound - 1, middle + bound + 2, NONE);
        Arrays.fill(back, middle - bound - 1, middle + bound + 2, NONE);
        ahead[middle + 1] = 0;
        back[middle + 1] = 0;
        for (int edits = 0; edits <= bound; edits++) {
            for (int k = -edits; k <= edits; k += 2) {
                int x = start(ahead, k, n, m);
                while (x >= 0 && x < n && x - k < m && a[aFrom + x] == b[bFrom + x - k]) {
                    x++;
                    work++;
                }
                ahead[middle + k] = x;
                if (odd && meet(back, n - m - k, edits - 1, n - x)) {
                    cutA = aFrom + x;
                    cutB = bFrom + x - k;
                    return true;
                }
            }
            for (int k = -edits; k <= edits; k += 2) {
                int x = start(back, k, n, m);
                while (x >= 0 && x < n && x - k < m && a[aTo - 1 - x] == b[bTo - 1 - x + k]) {
                    x++;
                    work++;
                }
                back[middle + k] = x;
                if (!odd && meet(ahead, n - m - k, edits, n - x)) {
                    cutA = aTo - x;
                    cutB = bTo - x + k;
                    return true;
                }
            }
        }
        cutAtFurthest(aFrom, bFrom, bound);
        return false;
    }

    /** Returns the position on a diagonal after one more edit, or {@link #NONE}. */
    private int start(int[] reached, int k, int n, int m) {
        work++;
        int left = reached[middle + k - 1];
        int above = reached[middle + k + 1];
        int right = left >= 0 && left < n ? left + 1 : NONE;
        int down = above >= 0 && above - k <= m ? above : NONE;
        return Math.max(right, down);
    }

    private boolean meet(int[] others, int diagonal, int edits, int needed) {
        return Math.abs(diagonal) <= edits && others[middle + diagonal] >= needed;
    }

    private void cutAtFurthest(int aFrom, int bFrom, int bound) {
        int furthest = -1;
        for (int k = -bound; k <= bound; k++) {
            int x = ahead[middle + k];
            if (x >= 0 && 2 * x - k > furthest) {
                furthest = 2 * x - k;
                cutA = aFrom + x;
                cutB = bFrom + x - k;
            }
        }
    }
}

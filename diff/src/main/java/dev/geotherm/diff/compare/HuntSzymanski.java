package dev.geotherm.diff.compare;

import java.util.Arrays;

/**
 * A longest common subsequence, computed from the pairs of equal elements: Hunt and Szymanski, "A Fast Algorithm for
 * Computing Longest Common Subsequences", 1977. Without repeated elements it is a longest increasing subsequence, so
 * the fewest elements have to move. Takes O(p log p) time for p pairs.
 */
final class HuntSzymanski {
    private final IntList firsts = new IntList();
    private final IntList seconds = new IntList();
    private final IntList previous = new IntList();
    private final int[] ends;
    private int length;
    private long work;

    private HuntSzymanski(int most) {
        ends = new int[most];
    }

    /** Finds partners among the elements with at most the given number of pairs; returns the amount of work. */
    static long align(int[] a, int[] b, ElementCounts counts, int mostPairs, int[] partners) {
        HuntSzymanski common = new HuntSzymanski(Math.min(a.length, b.length));
        int[] places = counts.placesInB(b);
        for (int i = 0; i < a.length; i++) {
            int id = a[i];
            if (counts.pairs(id) > 0 && counts.pairs(id) <= mostPairs) {
                // In descending order, so that no element of a is matched twice.
                for (int at = counts.placesEnd(id) - 1; at >= counts.placesStart(id); at--) {
                    common.add(i, places[at]);
                }
            }
        }
        common.readOff(partners);
        return common.work;
    }

    private void add(int i, int j) {
        int at = firstNotBefore(j);
        if (at < length && seconds.get(ends[at]) == j) {
            return;
        }
        previous.add(at == 0 ? -1 : ends[at - 1]);
        ends[at] = firsts.size();
        firsts.add(i);
        seconds.add(j);
        length = Math.max(length, at + 1);
    }

    private int firstNotBefore(int j) {
        int low = 0;
        int high = length;
        if (high > 0 && seconds.get(ends[high - 1]) < j) {
            work++;
            return high;
        }
        while (low < high) {
            work++;
            int middle = (low + high) >>> 1;
            if (seconds.get(ends[middle]) < j) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void readOff(int[] partners) {
        Arrays.fill(partners, -1);
        for (int at = length == 0 ? -1 : ends[length - 1]; at >= 0; at = previous.get(at)) {
            partners[firsts.get(at)] = seconds.get(at);
        }
    }
}

package dev.geotherm.benchmarks.mainjob;

import java.util.Arrays;

/** The best of many scores, by a bounded heap of primitive keys; equal scores are ordered by a rank. For one thread. */
final class BestScores {
    private final int[] ranks;
    private final int[] byRank;
    private final long[] heap;
    /** The ordinals of the last call, best first. */
    final int[] best;

    /**
     * Creates a selection.
     *
     * @param ranks by ordinal, its rank
     * @param byRank by rank, the ordinal
     */
    BestScores(int[] ranks, int[] byRank, int limit) {
        this.ranks = ranks;
        this.byRank = byRank;
        heap = new long[limit];
        best = new int[limit];
    }

    /** Finds the ordinals with the highest scores; negative infinity is no score. Returns their number. */
    int find(float[] scores) {
        int size = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == Float.NEGATIVE_INFINITY) {
                continue;
            }
            int bits = Float.floatToIntBits(scores[i]);
            long key = ((long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32) | (Integer.MAX_VALUE - ranks[i]);
            if (size < heap.length) {
                up(size++, key);
            } else if (key > heap[0]) {
                down(key);
            }
        }
        Arrays.sort(heap, 0, size);
        for (int i = 0; i < size; i++) {
            best[i] = byRank[Integer.MAX_VALUE - (int) heap[size - 1 - i]];
        }
        return size;
    }

    private void up(int from, long key) {
        int at = from;
        while (at > 0 && heap[(at - 1) >> 1] > key) {
            heap[at] = heap[(at - 1) >> 1];
            at = (at - 1) >> 1;
        }
        heap[at] = key;
    }

    private void down(long key) {
        int at = 0;
        for (int child = 1; child < heap.length; child = 2 * at + 1) {
            child += child + 1 < heap.length && heap[child + 1] < heap[child] ? 1 : 0;
            if (heap[child] >= key) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = key;
    }
}

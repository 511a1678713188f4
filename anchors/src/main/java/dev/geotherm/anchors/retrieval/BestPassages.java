package dev.geotherm.anchors.retrieval;

import java.util.Arrays;

/**
 * The best passages of a search: a bounded binary heap with the worst passage on top. Ties are ordered by the rank of the
 * passage's id, lowest first.
 */
final class BestPassages {
    private final int limit;
    private double[] scores;
    private int[] ranks;
    private int size;

    BestPassages(int limit) {
        this.limit = limit;
        scores = new double[Math.min(limit, 1_024)];
        ranks = new int[scores.length];
    }

    /** Returns the score below which no further passage is accepted. */
    double threshold() {
        return size < limit ? Double.NEGATIVE_INFINITY : scores[0];
    }

    void offer(double score, int rank) {
        if (size < limit) {
            grow();
            up(size++, score, rank);
        } else if (isWorse(scores[0], ranks[0], score, rank)) {
            down(score, rank);
        }
    }

    private void grow() {
        if (size == scores.length) {
            int length = (int) Math.min(limit, 2L * size);
            scores = Arrays.copyOf(scores, length);
            ranks = Arrays.copyOf(ranks, length);
        }
    }

    private static boolean isWorse(double score, int rank, double otherScore, int otherRank) {
        return score < otherScore || (score == otherScore && rank > otherRank);
    }

    private void up(int from, double score, int rank) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >> 1;
            if (!isWorse(score, rank, scores[parent], ranks[parent])) {
                break;
            }
            scores[at] = scores[parent];
            ranks[at] = ranks[parent];
            at = parent;
        }
        scores[at] = score;
        ranks[at] = rank;
    }

    private void down(double score, int rank) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            int other = child + 1;
            if (other < size && isWorse(scores[other], ranks[other], scores[child], ranks[child])) {
                child = other;
            }
            if (!isWorse(scores[child], ranks[child], score, rank)) {
                break;
            }
            scores[at] = scores[child];
            ranks[at] = ranks[child];
            at = child;
        }
        scores[at] = score;
        ranks[at] = rank;
    }

    /** Returns the passages, best first, after an in-place heap sort. This object must not be used afterwards. */
    Ranking drain() {
        int count = size;
        while (size > 0) {
            double score = scores[0];
            int rank = ranks[0];
            size--;
            down(scores[size], ranks[size]);
            scores[size] = score;
            ranks[size] = rank;
        }
        return new Ranking(ranks, scores).part(0, count);
    }
}

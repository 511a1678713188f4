package dev.geotherm.anchors.retrieval;

import java.util.Arrays;

/** A ranking of passages, best first. Passages are identified by their rank in the order of ids; see {@link Snapshot}. */
final class Ranking {
    static final Ranking EMPTY = new Ranking(new int[0], new double[0]);

    private final int[] ranks;
    private final double[] scores;

    Ranking(int[] ranks, double[] scores) {
        this.ranks = ranks;
        this.scores = scores;
    }

    int size() {
        return ranks.length;
    }

    int rank(int place) {
        return ranks[place];
    }

    double score(int place) {
        return scores[place];
    }

    /** Returns the passages from one place (inclusive) to another (exclusive). */
    Ranking part(int from, int to) {
        return from == 0 && to == size()
                ? this
                : new Ranking(Arrays.copyOfRange(ranks, from, to), Arrays.copyOfRange(scores, from, to));
    }

    /** Returns the best passages. */
    Ranking first(int limit) {
        return part(0, Math.min(limit, size()));
    }
}

package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.RetrievalMode;
import java.util.Arrays;

/**
 * The reciprocal rank fusion of two rankings: each contributes its weight / (k + rank) to the score of a passage.
 *
 * <p>Source: Cormack, Clarke and Büttcher, Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning
 * Methods, SIGIR 2009; the weights are an addition.
 */
final class ReciprocalRankFusion {
    private static final int FREE = -1;

    /** A hash table with linear probing: the rank of a passage's id, and its score so far. */
    private final int[] passages;

    private final double[] scores;
    private final int k;

    private ReciprocalRankFusion(int k, int most) {
        this.k = k;
        int length = Integer.highestOneBit(Math.max(8, most)) * 4;
        passages = new int[length];
        scores = new double[length];
        Arrays.fill(passages, FREE);
    }

    static Ranking of(Ranking words, Ranking vectors, Combination combination, int k, int limit) {
        int most = words.size() + vectors.size();
        ReciprocalRankFusion fusion = new ReciprocalRankFusion(k, most);
        fusion.add(words, combination.share(RetrievalMode.LEXICAL));
        fusion.add(vectors, combination.share(RetrievalMode.SIMILARITY));
        BestPassages best = new BestPassages(Math.max(1, Math.min(limit, most)));
        for (int i = 0; i < fusion.passages.length; i++) {
            if (fusion.passages[i] != FREE) {
                best.offer(fusion.scores[i], fusion.passages[i]);
            }
        }
        return best.drain();
    }

    /** Returns the contribution of a weighted ranking to the passage at a zero-based place. */
    static double contribution(double weight, int k, int place) {
        return weight / (k + place + 1);
    }

    private void add(Ranking ranking, double weight) {
        int mask = passages.length - 1;
        for (int i = 0; i < ranking.size(); i++) {
            int passage = ranking.rank(i);
            int at = ((passage * 0x9E3779B9) >>> 7) & mask;
            while (passages[at] != FREE && passages[at] != passage) {
                at = (at + 1) & mask;
            }
            passages[at] = passage;
            scores[at] += contribution(weight, k, i);
        }
    }
}

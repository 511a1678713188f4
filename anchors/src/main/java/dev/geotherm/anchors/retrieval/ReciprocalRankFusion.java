package dev.geotherm.anchors.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reciprocal rank fusion of two rankings: each gives a document its weight / (k + rank).
 *
 * <p>Source: Cormack, Clarke and Büttcher, Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning
 * Methods, SIGIR 2009; the weights are an addition.
 */
final class ReciprocalRankFusion {
    private final Map<Integer, ScoredDocument> fused = new HashMap<>();
    private final int k;

    private ReciprocalRankFusion(int k) {
        this.k = k;
    }

    static List<ScoredDocument> of(
            List<ScoredDocument> words, List<ScoredDocument> vectors, LuceneIndexesSettings settings, int limit) {
        ReciprocalRankFusion fusion = new ReciprocalRankFusion(settings.rrfK());
        fusion.add(words, settings.lexicalWeight());
        fusion.add(vectors, 1 - settings.lexicalWeight());
        List<ScoredDocument> all = new ArrayList<>(fusion.fused.values());
        all.sort(ScoredDocument.BEST_FIRST);
        return all.size() <= limit ? all : all.subList(0, limit);
    }

    private void add(List<ScoredDocument> ranking, double weight) {
        for (int i = 0; i < ranking.size(); i++) {
            ScoredDocument one = ranking.get(i);
            double part = weight / (k + i + 1);
            ScoredDocument before = fused.get(one.doc());
            fused.put(
                    one.doc(), new ScoredDocument(one.doc(), one.id(), before == null ? part : before.score() + part));
        }
    }
}

package dev.geotherm.anchors.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reciprocal rank fusion: each ranking gives a document its weight divided by a constant plus the document's rank
 * (Cormack, Clarke and Büttcher, Reciprocal Rank ReciprocalRankFusion Outperforms Condorcet and Individual Rank Learning Methods, SIGIR
 * 2009).
 */
final class ReciprocalRankFusion {
    private final Map<Integer, ScoredDocument> fused = new HashMap<>();
    private final int constant;

    private ReciprocalRankFusion(int constant) {
        this.constant = constant;
    }

    static List<ScoredDocument> of(List<ScoredDocument> words, List<ScoredDocument> vectors, LuceneRetrieverSettings settings, int limit) {
        ReciprocalRankFusion fusion = new ReciprocalRankFusion(settings.fusionConstant());
        fusion.add(words, settings.lexicalWeight());
        fusion.add(vectors, 1 - settings.lexicalWeight());
        List<ScoredDocument> all = new ArrayList<>(fusion.fused.values());
        all.sort(ScoredDocument.BEST_FIRST);
        return all.size() <= limit ? all : all.subList(0, limit);
    }

    private void add(List<ScoredDocument> ranking, double weight) {
        for (int i = 0; i < ranking.size(); i++) {
            ScoredDocument one = ranking.get(i);
            double part = weight / (constant + i + 1);
            ScoredDocument before = fused.get(one.doc());
            fused.put(one.doc(), new ScoredDocument(one.doc(), one.id(), before == null ? part : before.score() + part));
        }
    }
}

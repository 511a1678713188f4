package dev.geotherm.anchors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reciprocal rank fusion: each ranking gives a document its weight divided by a constant plus the document's rank
 * (Cormack, Clarke and Büttcher, Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning Methods, SIGIR
 * 2009).
 */
final class Fusion {
    private final Map<Integer, Scored> fused = new HashMap<>();
    private final int constant;

    private Fusion(int constant) {
        this.constant = constant;
    }

    static List<Scored> of(List<Scored> words, List<Scored> vectors, LuceneRetrieverSettings settings, int limit) {
        Fusion fusion = new Fusion(settings.fusionConstant());
        fusion.add(words, settings.lexicalWeight());
        fusion.add(vectors, 1 - settings.lexicalWeight());
        List<Scored> all = new ArrayList<>(fusion.fused.values());
        all.sort(Scored.BEST_FIRST);
        return all.size() <= limit ? all : all.subList(0, limit);
    }

    private void add(List<Scored> ranking, double weight) {
        for (int i = 0; i < ranking.size(); i++) {
            Scored one = ranking.get(i);
            double part = weight / (constant + i + 1);
            Scored before = fused.get(one.doc());
            fused.put(one.doc(), new Scored(one.doc(), one.id(), before == null ? part : before.score() + part));
        }
    }
}

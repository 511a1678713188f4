package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Weights;
import java.util.EnumMap;
import java.util.Map;

/**
 * The modes that a query combines, or the query's single mode.
 *
 * @param shares the share of each mode in the weights; all positive, except in a fusion
 */
record Combination(Map<RetrievalMode, Double> shares) {

    static Combination of(Query query, LuceneIndexesSettings settings) {
        Map<RetrievalMode, Double> shares = new EnumMap<>(RetrievalMode.class);
        switch (query.mode()) {
            case FUSED -> {
                boolean own = !query.weights().isNone();
                double words = settings.lexicalWeight();
                shares.put(RetrievalMode.LEXICAL, own ? query.weights().share(RetrievalMode.LEXICAL) : words);
                shares.put(RetrievalMode.SIMILARITY, own ? query.weights().share(RetrievalMode.SIMILARITY) : 1 - words);
            }
            case WEIGHTED, COMPOSITE -> {
                Weights weights =
                        query.weights().isNone() ? settings.composite().parsed() : query.weights();
                boolean timeToo = query.mode() == RetrievalMode.COMPOSITE;
                add(shares, timeToo ? weights : weights.without(RetrievalMode.TIME));
            }
            default -> shares.put(query.mode(), 1.0);
        }
        return new Combination(shares);
    }

    private static void add(Map<RetrievalMode, Double> shares, Weights weights) {
        for (RetrievalMode mode : weights.byMode().keySet()) {
            if (weights.includes(mode)) {
                shares.put(mode, weights.share(mode));
            }
        }
    }

    double share(RetrievalMode mode) {
        return shares.getOrDefault(mode, 0.0);
    }

    boolean has(RetrievalMode mode) {
        return shares.containsKey(mode);
    }
}

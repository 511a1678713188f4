package dev.geotherm.engine;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.batch.measure.TrecRun.Scored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The evaluated function: ranks documents for queries, each document by its best passage. */
final class RankingFunction implements BatchFunction<String, List<Scored>> {
    private static final int SHALLOWEST = 100;
    private static final int DEEPEST = 1000;
    private static final int LINES = 5_000_000;

    private final Embedder embedder;
    private final Retriever retriever;
    private final RetrievalMode mode;
    private final int depth;

    RankingFunction(Embedder embedder, Retriever retriever, RetrievalMode mode, int depth) {
        this.embedder = embedder;
        this.retriever = retriever;
        this.mode = mode;
        this.depth = depth;
    }

    /**
     * Returns the number of documents to rank for each query: 1000, as is usual, or fewer if there are very many
     * queries.
     */
    static int depth(int queries) {
        return Math.max(SHALLOWEST, Math.min(DEEPEST, LINES / Math.max(1, queries)));
    }

    @Override
    public List<List<Scored>> evaluate(List<EvaluationItem<String>> items) {
        List<String> texts = items.stream().map(EvaluationItem::input).toList();
        float[][] embeddings = new float[texts.size()][embedder.dimension()];
        if (mode != RetrievalMode.LEXICAL) {
            embedder.embed(texts, embeddings);
        }
        List<Query> queries = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            queries.add(new Query(mode, texts.get(i), embeddings[i], null, null, depth));
        }
        return retriever.searchAll(queries).stream()
                .map(RankingFunction::documents)
                .toList();
    }

    private static List<Scored> documents(List<Hit> hits) {
        Map<String, Scored> best = new LinkedHashMap<>();
        hits.forEach(hit -> best.putIfAbsent(hit.document(), new Scored(hit.document(), hit.score())));
        return List.copyOf(best.values());
    }
}

package dev.geotherm.engine;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Ranked;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.batch.measure.TrecRun.Scored;
import java.util.ArrayList;
import java.util.List;

/** The evaluated function: ranks documents for queries, each document by its best passage. */
final class RankingFunction implements BatchFunction<String, List<Scored>> {
    private final Embedder embedder;
    private final Retriever retriever;
    private final EvaluationOptions options;
    private final RetrievalMode mode;
    private final QuerySet queries;
    private final String prefix;

    /**
     * Creates a function.
     *
     * @param prefix the prefix of the ids of the judged documents in the index
     */
    RankingFunction(
            Embedder embedder, Retriever retriever, EvaluationOptions options, QuerySet queries, String prefix) {
        this.prefix = prefix;
        this.embedder = embedder;
        this.retriever = retriever;
        this.options = options;
        this.mode = options.mode(embedder);
        this.queries = queries;
    }

    @Override
    public List<List<Scored>> evaluate(List<EvaluationItem<String>> items) {
        List<String> texts = items.stream().map(EvaluationItem::input).toList();
        float[][] embeddings = new float[texts.size()][embedder.dimension()];
        if (mode != RetrievalMode.LEXICAL) {
            embedder.embed(texts, embeddings);
        }
        List<Query> asked = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            int limit = queries.depth(items.get(i).id()) + (options.excludeQueryDocument() ? 1 : 0);
            asked.add(new Query(mode, texts.get(i), embeddings[i], null, null, limit, true));
        }
        List<List<Ranked>> answers = retriever.rankAll(asked);
        List<List<Scored>> rankings = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            rankings.add(ranking(items.get(i).id(), answers.get(i)));
        }
        return rankings;
    }

    private List<Scored> ranking(String query, List<Ranked> documents) {
        return documents.stream()
                .filter(document ->
                        !options.excludeQueryDocument() || !plain(document).equals(query))
                .limit(queries.depth(query))
                .map(document -> new Scored(plain(document), document.score()))
                .toList();
    }

    /** Returns the id of the document in its source; a document of another source keeps its prefix. */
    private String plain(Ranked document) {
        return document.id().startsWith(prefix) ? document.id().substring(prefix.length()) : document.id();
    }
}

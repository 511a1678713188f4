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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The evaluated function, which ranks documents for queries, each document by its best passage. It keeps the rankings, which
 * avoids reading them back from the output.
 */
final class RankingFunction implements BatchFunction<String, List<Scored>> {
    /** The number of queries answered together; the progress of larger batches would be uneven. */
    private static final int AT_ONCE = 50;

    private final Embedder embedder;
    private final Retriever retriever;
    private final EvaluationOptions options;
    private final RetrievalMode mode;
    private final QuerySet queries;
    private final String prefix;
    private final Map<String, List<Scored>> rankings = new ConcurrentHashMap<>();
    /** The ids of the ranked documents. All rankings share the instances, because most documents are in many rankings. */
    private final Map<String, String> documents = new ConcurrentHashMap<>();

    /**
     * Creates a function.
     *
     * @param prefix the prefix of the judged documents' ids in the index
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

    /** Returns the rankings so far, by query. */
    Map<String, List<Scored>> rankings() {
        return rankings;
    }

    @Override
    public List<List<Scored>> evaluate(List<EvaluationItem<String>> items) {
        List<List<Scored>> answers = new ArrayList<>(items.size());
        for (int from = 0; from < items.size(); from += AT_ONCE) {
            answers.addAll(answer(items.subList(from, Math.min(items.size(), from + AT_ONCE))));
        }
        return answers;
    }

    private List<List<Scored>> answer(List<EvaluationItem<String>> items) {
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
        List<List<Ranked>> found = retriever.rankAll(asked);
        List<List<Scored>> answers = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            String query = items.get(i).id();
            List<Scored> ranking = ranking(query, found.get(i));
            answers.add(ranking);
            rankings.put(query, ranking);
        }
        return answers;
    }

    private List<Scored> ranking(String query, List<Ranked> found) {
        List<Scored> ranking = new ArrayList<>(found.size());
        int depth = queries.depth(query);
        for (int i = 0; i < found.size() && ranking.size() < depth; i++) {
            String document = plain(found.get(i));
            if (!options.excludeQueryDocument() || !document.equals(query)) {
                String known = documents.putIfAbsent(document, document);
                ranking.add(new Scored(
                        known == null ? document : known, found.get(i).score()));
            }
        }
        return ranking;
    }

    /** Returns the id of a document in its source. A document of another source keeps its prefix. */
    private String plain(Ranked document) {
        return document.id().startsWith(prefix) ? document.id().substring(prefix.length()) : document.id();
    }
}

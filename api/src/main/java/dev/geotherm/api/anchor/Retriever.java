package dev.geotherm.api.anchor;

import java.util.List;

/**
 * A retriever, which searches the passages of a {@link PassageIndex} by words, embedding, time, neighbourhood or
 * provenance.
 *
 * <p>Deterministic: the same passages and the same query yield the same hits, regardless of the order and the batches
 * in which the passages were indexed; passages with equal scores are ordered by id. If its settings say so, an
 * implementation may search vectors approximately: which of the nearest passages it finds can then depend on that
 * order, but their scores cannot.
 *
 * <p>A passage without an embedding, or with an all-zero one, is found by every mode that does not compare embeddings.
 * An all-zero query vector finds nothing. An unknown word, anchor or document has no hits.
 *
 * <p>Thread-safe: searches see the state of the last completed {@link PassageIndex#refresh} and never wait
 * for indexing. After the index is closed, all methods throw {@link IllegalStateException}.
 */
public interface Retriever {

    /**
     * Searches the passages.
     *
     * <p>A {@link Query#collapse() collapsed} query returns as many documents as its limit if that many have a matching
     * passage, regardless of the number of passages per document.
     *
     * @return the best hits, best first; empty if nothing matches
     * @throws IllegalArgumentException if the length of the query's embedding differs from that of the passages
     */
    List<Hit> search(Query query);

    /**
     * Answers each query as {@link #search} does, in batches and in parallel if the settings say so.
     *
     * @return the hits of each query, in the order of the queries
     */
    List<List<Hit>> searchAll(List<Query> queries);

    /**
     * Answers each query as {@link #searchAll} does, but returns only ids and scores, which costs less than whole hits.
     *
     * @return for each query the ids of the passages, or of their documents if the query is collapsed
     */
    List<List<Ranked>> rankAll(List<Query> queries);

    /**
     * Searches as {@link #search} does, and explains each hit. Costs several searches, so use it for display, not for
     * bulk queries.
     *
     * @return the hits of {@link #search}, each with the rankings and words that its score comes from
     */
    List<ExplainedHit> explain(Query query);
}

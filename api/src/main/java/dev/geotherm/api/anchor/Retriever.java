package dev.geotherm.api.anchor;

import dev.geotherm.api.Component;
import java.util.Collection;
import java.util.List;

/**
 * A retriever: indexes passages and searches them by words, embedding, time, neighbourhood or provenance.
 *
 * <p>Deterministic: the same passages and the same query give the same hits, regardless of the order and the batches in
 * which the passages were indexed; passages with equal scores are ordered by id.
 *
 * <p>A passage without an embedding, or with an all-zero one, is found by every mode that does not compare embeddings.
 * An all-zero query vector finds nothing. An unknown word, anchor or document has no hits.
 *
 * <p>Safe for use by many threads: searches see the state of the last completed {@link #refresh} and never wait for
 * indexing. After {@link #close}, every method but {@link #metrics} throws {@link IllegalStateException}.
 */
public interface Retriever extends Component {

    /**
     * Adds passages; each replaces an earlier one with the same id. Searches find them after the next {@link #refresh}.
     *
     * @throws IllegalArgumentException if embeddings differ in length, among themselves or from earlier ones, or contain
     *     a number that is not finite; no passage is added then
     */
    void index(Collection<Passage> passages);

    /** Removes passages, as of the next {@link #refresh}; unknown ids are ignored. */
    void remove(Collection<String> passageIds);

    /**
     * Makes everything that was indexed and removed before this call visible to searches that start after it.
     *
     * <p>Cheap enough to be scheduled: if nothing was indexed or removed since the last call, it does almost nothing
     * and keeps cached answers.
     */
    void refresh();

    /**
     * Searches.
     *
     * <p>A {@link Query#collapse() collapsed} query has as many documents as its limit, if so many have a matching passage,
     * however many passages each of them has.
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

    @Override
    RetrieverMetrics metrics();
}

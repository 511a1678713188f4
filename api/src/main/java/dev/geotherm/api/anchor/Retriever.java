package dev.geotherm.api.anchor;

import dev.geotherm.api.Component;
import java.util.Collection;
import java.util.List;

/**
 * Searches passages by words, by vectors, by time, by neighbourhood, by provenance, or by a mix.
 *
 * <p>Deterministic: the same passages and query give the same hits, in whatever order and batches they were indexed;
 * equal scores are ordered by passage id.
 *
 * <p>Passages without a vector, or with an all-zero one, are found by everything but vectors; nothing is found by an
 * all-zero vector. What is unknown, be it a word, an anchor or a document, has no hits.
 */
public interface Retriever extends Component {

    /**
     * Adds passages, each replacing the one of the same id; they are found after the next {@link #refresh}.
     *
     * @throws IllegalArgumentException if embeddings differ in length, among themselves or from those before, or a number
     *     in them is not finite; none of the passages is added then
     */
    void index(Collection<Passage> passages);

    /** Removes the passages of the given ids, as of the next {@link #refresh}; unknown ids are passed over. */
    void remove(Collection<String> passageIds);

    /** Makes everything that was indexed and removed so far visible to searches that begin afterwards. */
    void refresh();

    /**
     * Searches.
     *
     * @return the best hits, best first; none if there are none
     * @throws IllegalArgumentException if the query's embedding has another length than the passages'
     */
    List<Hit> search(Query query);

    /** Searches for each query, as {@link #search} does, in batches and in parallel where the settings say so. */
    List<List<Hit>> searchAll(List<Query> queries);

    @Override
    RetrieverMetrics metrics();
}

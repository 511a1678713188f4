package dev.geotherm.anchors.retrieval;

import java.util.Comparator;
import org.apache.lucene.util.BytesRef;

/**
 * A document of a searcher, with its score and the id of its passage, which breaks ties.
 *
 * @param doc Lucene's number of it, good for one searcher only
 * @param id the passage's id in UTF-8
 * @param score higher is better
 */
record ScoredDocument(int doc, BytesRef id, double score) {
    static final Comparator<ScoredDocument> BEST_FIRST =
            Comparator.comparingDouble(ScoredDocument::score).reversed().thenComparing(ScoredDocument::id);
}

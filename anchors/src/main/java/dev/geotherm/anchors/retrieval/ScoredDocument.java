package dev.geotherm.anchors.retrieval;

import java.util.Comparator;
import org.apache.lucene.util.BytesRef;

/**
 * A Lucene document with its score, and its passage's id to break ties.
 *
 * @param doc the document number, valid for one searcher only
 * @param id the passage's id in UTF-8
 * @param score higher is better
 */
record ScoredDocument(int doc, BytesRef id, double score) {
    static final Comparator<ScoredDocument> BEST_FIRST =
            Comparator.comparingDouble(ScoredDocument::score).reversed().thenComparing(ScoredDocument::id);
}

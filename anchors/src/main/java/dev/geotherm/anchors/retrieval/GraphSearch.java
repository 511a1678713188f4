package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * An approximate nearest-neighbour search in the graph of one segment. The set of found passages is approximate; their
 * cosines are exact.
 */
final class GraphSearch {
    private final LeafReader leaf;
    private final int vectors;
    private final int candidates;
    private final int cost;

    /**
     * Creates a search.
     *
     * @param vectors the number of vectors in the segment
     * @param limit the number of passages to find
     */
    GraphSearch(LeafReader leaf, int vectors, int limit, GraphSettings settings) {
        this.leaf = leaf;
        this.vectors = vectors;
        candidates = Math.max(settings.graphCandidates(), limit);
        cost = settings.graphCost();
    }

    /**
     * Returns whether the graph is faster than exact comparison with the accepted passages. A graph search also visits
     * passages that are not accepted, so it takes longer the fewer passages are accepted.
     */
    boolean isFaster(int accepted) {
        return (double) accepted * accepted > (double) cost * candidates * vectors;
    }

    /** A consumer of a document in the segment and its cosine. */
    interface Found {
        void accept(int doc, double cosine);
    }

    /**
     * Searches the graph.
     *
     * @param accepted the accepted documents; null for all
     * @param count the number of accepted documents
     * @return false if the search found too few documents or took too long; the consumer has then received nothing
     */
    boolean search(float[] vector, int limit, @Nullable Bits accepted, int count, Found found) throws IOException {
        KnnCollector nearest = new TopKnnCollector(candidates, count);
        leaf.searchNearestVectors(PassageFields.VECTOR, vector, nearest, accepted);
        int[] docs = Arrays.stream(nearest.topDocs().scoreDocs)
                .mapToInt(one -> one.doc)
                .sorted()
                .toArray();
        if (nearest.earlyTerminated() || docs.length < limit) {
            return false;
        }
        StoredVectors stored = StoredVectors.of(leaf);
        for (int doc : docs) {
            if (stored.advanceTo(doc)) {
                found.accept(doc, VectorMath.cosine(vector, stored.vector()));
            }
        }
        return true;
    }
}

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
 * An approximate nearest-neighbour search in the graph of one segment. Which passages it finds is approximate, their cosines
 * are exact.
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
     * Returns whether the graph is faster than exact comparison with the accepted passages. A graph is also walked over
     * passages that are not accepted, so the fewer there are of the accepted ones, the longer it takes to find them.
     */
    boolean isFaster(int accepted) {
        return (double) accepted * accepted > (double) cost * candidates * vectors;
    }

    /** Receives a document of the segment and its cosine. */
    interface Found {
        void accept(int doc, double cosine);
    }

    /**
     * Searches.
     *
     * @param accepted the documents that can be found; null for all
     * @param count their number
     * @return false if the search found too few, or took too long: then nothing was received
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

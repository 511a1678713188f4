package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** An exact nearest-neighbour search: compares query vectors with every vector of an index, all of them in one pass. */
final class ExactVectorSearch {
    private final List<float[]> vectors;
    private final List<PriorityQueue<ScoredDocument>> worstFirst = new ArrayList<>();
    private final int limit;

    private ExactVectorSearch(List<float[]> vectors, int limit) {
        this.vectors = vectors;
        this.limit = limit;
        vectors.forEach(vector -> worstFirst.add(new PriorityQueue<>(ScoredDocument.BEST_FIRST.reversed())));
    }

    /**
     * Returns for each vector the documents with the highest cosines, best first; none for an all-zero vector.
     *
     * @param vectors each of length 1 or all zeros
     */
    static List<List<ScoredDocument>> search(IndexSearcher searcher, List<float[]> vectors, int limit)
            throws IOException {
        ExactVectorSearch search = new ExactVectorSearch(vectors, limit);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            search.searchLeaf(leaf);
        }
        return search.worstFirst.stream()
                .map(queue -> queue.stream().sorted(ScoredDocument.BEST_FIRST).toList())
                .toList();
    }

    private void searchLeaf(LeafReaderContext leaf) throws IOException {
        BinaryDocValues stored = leaf.reader().getBinaryDocValues(PassageFields.VECTOR);
        SortedDocValues ids = leaf.reader().getSortedDocValues(PassageFields.ID);
        Bits live = leaf.reader().getLiveDocs();
        if (stored == null || ids == null) {
            return;
        }
        float[] vector = new float[0];
        for (int doc = stored.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = stored.nextDoc()) {
            if (live != null && !live.get(doc)) {
                continue;
            }
            BytesRef bytes = stored.binaryValue();
            if (vector.length * Float.BYTES != bytes.length) {
                vector = new float[bytes.length / Float.BYTES];
            }
            PassageFields.floats(bytes, vector);
            for (int i = 0; i < vectors.size(); i++) {
                if (!VectorMath.isZero(vectors.get(i))) {
                    offer(worstFirst.get(i), VectorMath.cosine(vectors.get(i), vector), leaf.docBase + doc, doc, ids);
                }
            }
        }
    }

    private void offer(PriorityQueue<ScoredDocument> best, double cosine, int global, int doc, SortedDocValues ids)
            throws IOException {
        ScoredDocument worst = best.peek();
        if (worst != null && best.size() == limit && cosine < worst.score()) {
            return;
        }
        ids.advanceExact(doc);
        best.add(new ScoredDocument(global, BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue())), cosine));
        if (best.size() > limit) {
            best.remove();
        }
    }
}

package dev.geotherm.anchors;

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

/** Compares vectors with every vector of an index, for several of them in one pass. */
final class VectorSearch {
    private final List<float[]> vectors;
    private final List<PriorityQueue<Scored>> worstFirst = new ArrayList<>();
    private final int limit;

    private VectorSearch(List<float[]> vectors, int limit) {
        this.vectors = vectors;
        this.limit = limit;
        vectors.forEach(vector -> worstFirst.add(new PriorityQueue<>(Scored.BEST_FIRST.reversed())));
    }

    /**
     * Returns for each vector the documents of the highest cosines, best first; none for a vector of all zeros.
     *
     * @param vectors each of length 1 or all zeros
     */
    static List<List<Scored>> search(IndexSearcher searcher, List<float[]> vectors, int limit) throws IOException {
        VectorSearch search = new VectorSearch(vectors, limit);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            search.searchLeaf(leaf);
        }
        return search.worstFirst.stream()
                .map(queue -> queue.stream().sorted(Scored.BEST_FIRST).toList())
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
                if (!Vectors.isZero(vectors.get(i))) {
                    offer(worstFirst.get(i), Vectors.cosine(vectors.get(i), vector), leaf.docBase + doc, doc, ids);
                }
            }
        }
    }

    private void offer(PriorityQueue<Scored> best, double cosine, int global, int doc, SortedDocValues ids)
            throws IOException {
        Scored worst = best.peek();
        if (worst != null && best.size() == limit && cosine < worst.score()) {
            return;
        }
        ids.advanceExact(doc);
        best.add(new Scored(global, BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue())), cosine));
        if (best.size() > limit) {
            best.remove();
        }
    }
}

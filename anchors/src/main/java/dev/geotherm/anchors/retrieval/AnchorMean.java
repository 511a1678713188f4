package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.AnchorId;
import java.io.IOException;
import java.util.Collection;
import java.util.TreeMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** The mean vector of an anchor's passages. */
final class AnchorMean {
    private AnchorMean() {}

    /** Returns the mean, normalised to length 1; empty if no passage of the anchor has a vector. */
    static float[] of(Snapshot snapshot, AnchorId anchor) throws IOException {
        BytesRef wanted = new BytesRef(anchor.value());
        TreeMap<Integer, float[]> byId = new TreeMap<>(); // the sum must not depend on the indexing order
        for (LeafReaderContext leaf : snapshot.reader().leaves()) {
            BinaryDocValues anchors = DocValues.getBinary(leaf.reader(), PassageFields.ANCHOR);
            StoredVectors vectors = StoredVectors.of(leaf.reader());
            Bits live = leaf.reader().getLiveDocs();
            for (int doc = anchors.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = anchors.nextDoc()) {
                if (anchors.binaryValue().equals(wanted) && (live == null || live.get(doc)) && vectors.advanceTo(doc)) {
                    byId.put(snapshot.rank(leaf.docBase + doc), vectors.vector().clone());
                }
            }
        }
        return mean(byId.values());
    }

    private static float[] mean(Collection<float[]> vectors) {
        double[] sum = new double[0];
        for (float[] vector : vectors) {
            sum = sum.length == 0 ? new double[vector.length] : sum;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) sum[i];
        }
        VectorMath.normalize(mean);
        return mean;
    }
}

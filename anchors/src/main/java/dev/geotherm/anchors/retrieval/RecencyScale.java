package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;

/**
 * The weight of a passage by its age: 1 for the newest passage of the index, halved per half-life. Ages are relative to the
 * newest passage instead of the clock, so the same index always returns the same hits.
 */
final class RecencyScale {
    private final Snapshot snapshot;
    private final double halfLife;

    RecencyScale(Snapshot snapshot, Duration halfLife) {
        this.snapshot = snapshot;
        this.halfLife = halfLife.toMillis() / 1e3;
    }

    /**
     * Writes the weights of passages.
     *
     * @param places the indexes of the passages in {@code into}, in the order of their Lucene documents
     * @param docs the function from an index to its Lucene document
     */
    void add(int[] places, IntUnaryOperator docs, double[] into) throws IOException {
        double newest = snapshot.newest();
        List<LeafReaderContext> leaves = snapshot.reader().leaves();
        LeafReaderContext leaf = null;
        NumericDocValues seconds = DocValues.emptyNumeric();
        NumericDocValues nanos = DocValues.emptyNumeric();
        for (int place : places) {
            int doc = docs.applyAsInt(place);
            LeafReaderContext own = leaves.get(ReaderUtil.subIndex(doc, leaves));
            if (own != leaf) {
                leaf = own;
                seconds = DocValues.getNumeric(own.reader(), PassageFields.SECONDS);
                nanos = DocValues.getNumeric(own.reader(), PassageFields.NANOS);
            }
            if (seconds.advanceExact(doc - own.docBase) && nanos.advanceExact(doc - own.docBase)) {
                double age = Math.max(0, newest - (seconds.longValue() + nanos.longValue() * 1e-9));
                into[place] = Math.pow(2, -age / halfLife);
            }
        }
    }
}

package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.OrdinalMap;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.LongValues;
import org.apache.lucene.util.packed.PackedInts;

/** The ordinals of a field's values over all segments. */
final class Ordinals {
    private Ordinals() {}

    /** Returns the ordinal of each document's value among the values of all documents, in byte order. */
    static int[] of(IndexReader reader, String field) throws IOException {
        List<LeafReaderContext> leaves = reader.leaves();
        SortedDocValues[] values = new SortedDocValues[leaves.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = DocValues.getSorted(leaves.get(i).reader(), field);
        }
        int[] ordinals = new int[reader.maxDoc()];
        OrdinalMap map = values.length < 2 ? null : OrdinalMap.build(null, values, PackedInts.DEFAULT);
        for (int i = 0; i < values.length; i++) {
            LongValues global = map == null ? LongValues.IDENTITY : map.getGlobalOrds(i);
            int base = leaves.get(i).docBase;
            for (int doc = values[i].nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = values[i].nextDoc()) {
                ordinals[base + doc] = (int) global.get(values[i].ordValue());
            }
        }
        return ordinals;
    }
}

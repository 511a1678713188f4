package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Ranked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.util.BytesRef;

/** A reader of the hits of a ranking, from the doc values of segments, which it reads only forwards. */
final class HitReader {
    private final Snapshot snapshot;
    private final List<LeafReaderContext> leaves;

    HitReader(Snapshot snapshot) {
        this.snapshot = snapshot;
        leaves = snapshot.reader().leaves();
    }

    /** Returns the hits of a ranking, in the same order. */
    List<Hit> hits(Ranking ranking) throws IOException {
        Hit[] hits = new Hit[ranking.size()];
        HitFields fields = null;
        for (long each : forward(ranking)) {
            int place = (int) each;
            int doc = (int) (each >>> Integer.SIZE);
            if (fields == null || !fields.covers(doc)) {
                fields = new HitFields(leaves.get(ReaderUtil.subIndex(doc, leaves)));
            }
            hits[place] = fields.hit(doc, ranking.score(place));
        }
        return List.of(hits);
    }

    /** Returns the ids of a ranking's passages or of their documents, in the same order. */
    List<Ranked> ids(Ranking ranking, boolean ofDocuments) throws IOException {
        Ranked[] ids = new Ranked[ranking.size()];
        String field = ofDocuments ? PassageFields.DOCUMENT : PassageFields.ID_TEXT;
        BinaryDocValues values = DocValues.emptyBinary();
        int base = 0;
        int end = 0;
        for (long each : forward(ranking)) {
            int place = (int) each;
            int doc = (int) (each >>> Integer.SIZE);
            if (doc >= end) {
                LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
                values = DocValues.getBinary(leaf.reader(), field);
                base = leaf.docBase;
                end = base + leaf.reader().maxDoc();
            }
            ids[place] = new Ranked(text(values, doc - base), ranking.score(place));
        }
        return List.of(ids);
    }

    /** Returns the Lucene documents of a ranking in ascending order, each combined with its place. */
    private long[] forward(Ranking ranking) {
        long[] forward = new long[ranking.size()];
        for (int place = 0; place < forward.length; place++) {
            forward[place] = ((long) snapshot.doc(ranking.rank(place)) << Integer.SIZE) | place;
        }
        Arrays.sort(forward);
        return forward;
    }

    private static String text(BinaryDocValues values, int doc) throws IOException {
        if (!values.advanceExact(doc)) {
            return "";
        }
        BytesRef text = values.binaryValue();
        // Unlike utf8ToString, this needs no intermediate char array.
        return new String(text.bytes, text.offset, text.length, StandardCharsets.UTF_8);
    }

    /** The fields of the hits in one segment. */
    private static final class HitFields {
        private final int base;
        private final int end;
        private final BinaryDocValues id;
        private final BinaryDocValues document;
        private final BinaryDocValues anchor;
        private final NumericDocValues from;
        private final NumericDocValues to;

        HitFields(LeafReaderContext leaf) throws IOException {
            LeafReader reader = leaf.reader();
            base = leaf.docBase;
            end = base + reader.maxDoc();
            id = DocValues.getBinary(reader, PassageFields.ID_TEXT);
            document = DocValues.getBinary(reader, PassageFields.DOCUMENT);
            anchor = DocValues.getBinary(reader, PassageFields.ANCHOR);
            from = DocValues.getNumeric(reader, PassageFields.START);
            to = DocValues.getNumeric(reader, PassageFields.END);
        }

        boolean covers(int doc) {
            return doc < end;
        }

        Hit hit(int global, double score) throws IOException {
            int doc = global - base;
            String known = text(anchor, doc);
            return new Hit(
                    text(id, doc),
                    text(document, doc),
                    known.isEmpty() ? null : new AnchorId(known),
                    number(from, doc),
                    number(to, doc),
                    score);
        }

        private static int number(NumericDocValues values, int doc) throws IOException {
            return values.advanceExact(doc) ? (int) values.longValue() : 0;
        }
    }
}

package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;

/** A reader of hits from the doc values of one segment, which are read forward only. */
final class HitReader {
    private final LeafReaderContext leaf;
    private final BinaryDocValues document;
    private final BinaryDocValues anchor;
    private final NumericDocValues start;
    private final NumericDocValues end;

    private HitReader(LeafReaderContext leaf) throws IOException {
        this.leaf = leaf;
        LeafReader reader = leaf.reader();
        document = DocValues.getBinary(reader, PassageFields.DOCUMENT);
        anchor = DocValues.getBinary(reader, PassageFields.ANCHOR);
        start = DocValues.getNumeric(reader, PassageFields.START);
        end = DocValues.getNumeric(reader, PassageFields.END);
    }

    /** Returns the hits of a ranking, in its order. */
    static List<Hit> read(IndexSearcher searcher, List<ScoredDocument> ranking) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        int[] forward = IntStream.range(0, ranking.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> ranking.get(place).doc()))
                .mapToInt(Integer::intValue)
                .toArray();
        Hit[] hits = new Hit[ranking.size()];
        HitReader reader = null;
        for (int place : forward) {
            ScoredDocument one = ranking.get(place);
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(one.doc(), leaves));
            if (reader == null || reader.leaf != leaf) {
                reader = new HitReader(leaf);
            }
            hits[place] = reader.hit(one);
        }
        return List.of(hits);
    }

    private Hit hit(ScoredDocument one) throws IOException {
        int doc = one.doc() - leaf.docBase;
        if (!document.advanceExact(doc) || !start.advanceExact(doc) || !end.advanceExact(doc)) {
            throw new IllegalStateException("passage " + one.id().utf8ToString() + " is incomplete in the index");
        }
        String known = anchor.advanceExact(doc) ? anchor.binaryValue().utf8ToString() : "";
        return new Hit(
                one.id().utf8ToString(),
                document.binaryValue().utf8ToString(),
                known.isEmpty() ? null : new AnchorId(known),
                (int) start.longValue(),
                (int) end.longValue(),
                one.score());
    }
}

package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Passage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** A reader of whole passages from the doc values of one segment, which it reads only forwards. */
final class PassageReader {
    private final LeafReader leaf;
    private final Map<String, BinaryDocValues> texts = new HashMap<>();
    private final Map<String, NumericDocValues> numbers = new HashMap<>();
    private final StoredVectors vectors;

    private PassageReader(LeafReader leaf) throws IOException {
        this.leaf = leaf;
        vectors = StoredVectors.of(leaf);
    }

    /** Returns the existing passages with the given ids, in the order of the ids. */
    static List<Passage> find(IndexReader reader, Collection<String> ids) throws IOException {
        Map<String, Passage> found = new HashMap<>();
        for (LeafReaderContext context : reader.leaves()) {
            PassageReader passages = new PassageReader(context.reader());
            for (int doc : documents(context.reader(), ids)) {
                Passage passage = passages.read(doc);
                found.put(passage.id(), passage);
            }
        }
        List<Passage> inOrder = new ArrayList<>(ids.size());
        for (String each : ids) {
            Passage passage = found.get(each);
            if (passage != null) {
                inOrder.add(passage);
            }
        }
        return List.copyOf(inOrder);
    }

    private static Collection<Integer> documents(LeafReader leaf, Collection<String> ids) throws IOException {
        Map<Integer, Integer> ascending = new TreeMap<>();
        Terms terms = leaf.terms(PassageFields.ID);
        if (terms == null) {
            return ascending.values();
        }
        TermsEnum term = terms.iterator();
        Bits live = leaf.getLiveDocs();
        PostingsEnum postings = null;
        for (String each : ids) {
            if (term.seekExact(new BytesRef(each))) {
                postings = term.postings(postings, PostingsEnum.NONE);
                for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        ascending.put(doc, doc);
                    }
                }
            }
        }
        return ascending.values();
    }

    /** Visits every passage. */
    static void forEach(IndexReader reader, Consumer<? super Passage> visitor) throws IOException {
        for (LeafReaderContext context : reader.leaves()) {
            PassageReader passages = new PassageReader(context.reader());
            Bits live = context.reader().getLiveDocs();
            for (int doc = 0; doc < context.reader().maxDoc(); doc++) {
                if (live == null || live.get(doc)) {
                    visitor.accept(passages.read(doc));
                }
            }
        }
    }

    @SuppressWarnings("NullAway") // NullAway does not see in class files that the embedding of a passage may be null
    private Passage read(int doc) throws IOException {
        String anchor = text(PassageFields.ANCHOR, doc);
        return new Passage(
                text(PassageFields.ID_TEXT, doc),
                text(PassageFields.DOCUMENT, doc),
                text(PassageFields.TITLE, doc),
                text(PassageFields.TEXT, doc),
                (int) number(PassageFields.START, doc),
                (int) number(PassageFields.END, doc),
                time(PassageFields.SECONDS, PassageFields.NANOS, doc),
                anchor.isEmpty() ? null : new AnchorId(anchor),
                vector(doc),
                text(PassageFields.SOURCE, doc),
                text(PassageFields.HASH, doc),
                time(PassageFields.INGESTED_SECONDS, PassageFields.INGESTED_NANOS, doc));
    }

    private String text(String field, int doc) throws IOException {
        BinaryDocValues values = texts.get(field);
        if (values == null) {
            values = DocValues.getBinary(leaf, field);
            texts.put(field, values);
        }
        return values.advanceExact(doc) ? values.binaryValue().utf8ToString() : "";
    }

    private Instant time(String seconds, String nanos, int doc) throws IOException {
        return Instant.ofEpochSecond(number(seconds, doc), number(nanos, doc));
    }

    private long number(String field, int doc) throws IOException {
        NumericDocValues values = numbers.get(field);
        if (values == null) {
            values = DocValues.getNumeric(leaf, field);
            numbers.put(field, values);
        }
        return values.advanceExact(doc) ? values.longValue() : 0;
    }

    private float @Nullable [] vector(int doc) throws IOException {
        return vectors.advanceTo(doc) ? vectors.vector().clone() : null;
    }
}

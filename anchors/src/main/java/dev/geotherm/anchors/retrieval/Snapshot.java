package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.TextAnalyzer;
import dev.geotherm.api.anchor.Filter;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * A state of an index prepared for searches, with 12 precomputed bytes per passage.
 *
 * <p>Searches identify a passage by its rank, the place of its id in the order of ids. Rankings are therefore independent of
 * segments, ties are ordered by comparing two ints, and ids are read only for returned passages.
 */
final class Snapshot {
    private static final int NONE = -1;
    private static final int MOST_FILTERS = 16;

    private final IndexReader reader;
    private final int[] ranks;
    private final int[] docs;
    private final int[] documents;
    private final VectorCache vectors;
    private final LiveStatistics statistics;
    private final TextAnalyzer analyzer;
    private final Map<String, Integer> languages;
    private volatile double newest = Double.NaN;
    private final Map<Filter, FilteredPassages> filtered = new LinkedHashMap<>(MOST_FILTERS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Filter, FilteredPassages> eldest) {
            return size() > MOST_FILTERS;
        }
    };

    private Snapshot(
            IndexReader reader, int[] ranks, int[] docs, int[] documents, VectorCache vectors, TextAnalyzer analyzer)
            throws IOException {
        this.reader = reader;
        this.ranks = ranks;
        this.docs = docs;
        this.documents = documents;
        this.vectors = vectors;
        this.analyzer = analyzer;
        statistics = LiveStatistics.of(reader);
        languages = statistics.terms(reader, PassageFields.LANGUAGE);
    }

    static Snapshot of(IndexReader reader, VectorCache vectors, TextAnalyzer analyzer) throws IOException {
        int[] ranks = Ordinals.of(reader, PassageFields.ID);
        int[] docs = new int[Arrays.stream(ranks).max().orElse(NONE) + 1];
        Arrays.fill(docs, NONE);
        for (LeafReaderContext leaf : reader.leaves()) {
            Bits live = leaf.reader().getLiveDocs();
            for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
                if (live == null || live.get(doc)) {
                    docs[ranks[leaf.docBase + doc]] = leaf.docBase + doc;
                }
            }
        }
        return new Snapshot(reader, ranks, docs, Ordinals.of(reader, PassageFields.DOCUMENT_ORDER), vectors, analyzer);
    }

    IndexReader reader() {
        return reader;
    }

    boolean isOf(IndexReader other) {
        return reader.equals(other); // the equality of readers is identity
    }

    LiveStatistics statistics() {
        return statistics;
    }

    /** Returns the analyzer that was used to index the passages. */
    TextAnalyzer analyzer() {
        return analyzer;
    }

    /** Returns the language codes of all passages in a fixed order, with the number of passages of each. */
    Map<String, Integer> languages() {
        return languages;
    }

    /** Returns the number of passages that contain a word. */
    int documents(Term term) throws IOException {
        return statistics.documents(term, reader.docFreq(term));
    }

    /** Returns the inverse document frequency in BM25 of a word that occurs in a number of passages. */
    double rarity(long passages) {
        double all = reader.numDocs();
        double some = Math.min((double) passages, all);
        return Math.log1p((all - some + 0.5) / (some + 0.5));
    }

    /** Returns the rank of the passage of a Lucene document. */
    int rank(int doc) {
        return ranks[doc];
    }

    /** Returns the Lucene document of a passage. */
    int doc(int rank) {
        return docs[rank];
    }

    /** Returns the number of a passage's document, which is the same for all passages of the document. */
    int document(int rank) {
        return documents[docs[rank]];
    }

    /** Returns the live documents of a segment that a filter accepts; null for all. */
    @Nullable
    Bits accepted(LeafReaderContext leaf, Filter filter) throws IOException {
        return filter.isNone() ? leaf.reader().getLiveDocs() : filtered(filter).bits(leaf);
    }

    /** Returns the number of {@link #accepted} documents. */
    int acceptedCount(LeafReaderContext leaf, Filter filter) throws IOException {
        return filter.isNone()
                ? leaf.reader().numDocs()
                : filtered(filter).bits(leaf).cardinality();
    }

    /** Returns the passages that a filter accepts. The results for the latest filters are cached. */
    FilteredPassages filtered(Filter filter) throws IOException {
        synchronized (filtered) {
            FilteredPassages known = filtered.get(filter);
            if (known == null) {
                known = FilteredPassages.of(reader, filter);
                filtered.put(filter, known);
            }
            return known;
        }
    }

    /** Returns the time of the newest passage, in seconds since 1970. */
    double newest() throws IOException {
        double known = newest;
        if (Double.isNaN(known)) {
            known = Double.NEGATIVE_INFINITY;
            for (LeafReaderContext leaf : reader.leaves()) {
                NumericDocValues seconds = DocValues.getNumeric(leaf.reader(), PassageFields.SECONDS);
                NumericDocValues nanos = DocValues.getNumeric(leaf.reader(), PassageFields.NANOS);
                Bits live = leaf.reader().getLiveDocs();
                for (int doc = seconds.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = seconds.nextDoc()) {
                    if ((live == null || live.get(doc)) && nanos.advanceExact(doc)) {
                        known = Math.max(known, seconds.longValue() + nanos.longValue() * 1e-9);
                    }
                }
            }
            newest = known;
        }
        return known;
    }

    SegmentVectors vectors(LeafReaderContext leaf) throws IOException {
        return vectors.of(leaf.reader());
    }
}

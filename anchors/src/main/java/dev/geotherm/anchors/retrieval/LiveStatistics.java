package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The BM25 statistics without removed and replaced documents, which Lucene counts until their segments are merged. Scores
 * are therefore the same as in an index that never contained these documents, without any merge.
 *
 * <p>The cost is a lookup of each removed document for each word of a query, in the segments with the word.
 */
final class LiveStatistics {
    private final Map<LeafReaderContext, int[]> removed = new HashMap<>();
    private long removedWithWords;
    private long removedWords;

    private LiveStatistics() {}

    static LiveStatistics of(IndexReader reader) throws IOException {
        LiveStatistics statistics = new LiveStatistics();
        for (LeafReaderContext leaf : reader.leaves()) {
            Bits live = leaf.reader().getLiveDocs();
            if (live != null) {
                statistics.add(leaf, live);
            }
        }
        return statistics;
    }

    private void add(LeafReaderContext leaf, Bits live) throws IOException {
        int[] docs = new int[leaf.reader().numDeletedDocs()];
        int count = 0;
        NumericDocValues lengths = DocValues.getNumeric(leaf.reader(), PassageFields.LENGTH);
        for (int doc = 0; doc < live.length(); doc++) {
            if (!live.get(doc)) {
                docs[count++] = doc;
                long length = lengths.advanceExact(doc) ? lengths.longValue() : 0;
                removedWithWords += length > 0 ? 1 : 0;
                removedWords += length;
            }
        }
        removed.put(leaf, Arrays.copyOf(docs, count));
    }

    /** Returns the statistics of a field without the removed documents, or null if no other document has the field. */
    @Nullable
    CollectionStatistics without(@Nullable CollectionStatistics all) {
        if (all == null || removedWithWords == 0) {
            return all;
        }
        long documents = all.docCount() - removedWithWords;
        return documents == 0
                ? null
                : new CollectionStatistics(
                        all.field(), all.maxDoc(), documents, all.sumTotalTermFreq() - removedWords, documents);
    }

    /** Returns the sorted terms of a field, each with the number of live documents that contain it. */
    Map<String, Integer> terms(IndexReader reader, String field) throws IOException {
        Map<String, Integer> documents = new TreeMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            TermsEnum terms = Terms.getTerms(leaf.reader(), field).iterator();
            for (BytesRef term = terms.next(); term != null; term = terms.next()) {
                documents.merge(term.utf8ToString(), terms.docFreq(), Integer::sum);
            }
        }
        for (Map.Entry<String, Integer> each : documents.entrySet()) {
            each.setValue(documents(new Term(field, each.getKey()), each.getValue()));
        }
        documents.values().removeIf(count -> count == 0);
        return documents;
    }

    /** Returns the number of live documents that contain a term. */
    int documents(Term term, int all) throws IOException {
        int count = all;
        for (Map.Entry<LeafReaderContext, int[]> segment : removed.entrySet()) {
            Terms terms = segment.getKey().reader().terms(term.field());
            TermsEnum found = terms == null ? null : terms.iterator();
            if (found != null && found.seekExact(term.bytes())) {
                PostingsEnum postings = found.postings(null, PostingsEnum.NONE);
                for (int doc : segment.getValue()) {
                    int at = postings.docID();
                    at = at < doc ? postings.advance(doc) : at;
                    count -= at == doc ? 1 : 0;
                }
            }
        }
        return count;
    }

    /** Returns the statistics of a term without the removed documents. */
    TermStatistics term(Term term, int documents, long occurrences) throws IOException {
        // A term that only removed documents contain matches nothing, so any positive statistics will do.
        int live = removed.isEmpty() ? documents : Math.max(1, documents(term, documents));
        return new TermStatistics(term.bytes(), live, Math.max(live, occurrences));
    }
}

package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.Filter;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** The passages that a filter accepts, with one bit per passage of the index. Also a condition in Lucene queries. */
final class FilteredPassages extends Query {
    private final Filter filter;
    private final Map<Object, FixedBitSet> accepted = new HashMap<>();

    private FilteredPassages(Filter filter) {
        this.filter = filter;
    }

    static FilteredPassages of(IndexReader reader, Filter filter) throws IOException {
        FilteredPassages passages = new FilteredPassages(filter);
        for (LeafReaderContext leaf : reader.leaves()) {
            passages.accepted.put(leaf.id(), passages.accept(leaf.reader()));
        }
        return passages;
    }

    private FixedBitSet accept(LeafReader leaf) throws IOException {
        FixedBitSet bits = new FixedBitSet(leaf.maxDoc());
        bits.set(0, leaf.maxDoc());
        keepTerms(bits, leaf, PassageFields.DOCUMENT, filter.documents());
        keepTerms(bits, leaf, PassageFields.SOURCE, filter.sources());
        keepTimes(bits, leaf);
        Bits live = leaf.getLiveDocs();
        for (int doc = 0; live != null && doc < leaf.maxDoc(); doc++) {
            if (!live.get(doc)) {
                bits.clear(doc);
            }
        }
        return bits;
    }

    private static void keepTerms(FixedBitSet bits, LeafReader leaf, String field, Set<String> wanted)
            throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        FixedBitSet having = new FixedBitSet(leaf.maxDoc());
        Terms terms = leaf.terms(field);
        TermsEnum term = terms == null ? TermsEnum.EMPTY : terms.iterator();
        PostingsEnum postings = null;
        for (String each : wanted) {
            if (term.seekExact(new BytesRef(each))) {
                postings = term.postings(postings, PostingsEnum.NONE);
                having.or(postings);
            }
        }
        bits.and(having);
    }

    private void keepTimes(FixedBitSet bits, LeafReader leaf) throws IOException {
        if (filter.from() == null && filter.to() == null) {
            return;
        }
        NumericDocValues seconds = DocValues.getNumeric(leaf, PassageFields.SECONDS);
        NumericDocValues nanos = DocValues.getNumeric(leaf, PassageFields.NANOS);
        BitSetIterator left = new BitSetIterator(bits, leaf.maxDoc());
        for (int doc = left.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = left.nextDoc()) {
            boolean known = seconds.advanceExact(doc) && nanos.advanceExact(doc);
            if (!known || !accepts(Instant.ofEpochSecond(seconds.longValue(), nanos.longValue()))) {
                bits.clear(doc);
            }
        }
    }

    private boolean accepts(Instant time) {
        Instant from = filter.from();
        Instant to = filter.to();
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    /** Returns the accepted documents of a segment. */
    FixedBitSet bits(LeafReaderContext leaf) {
        return accepted.getOrDefault(leaf.id(), new FixedBitSet(leaf.reader().maxDoc()));
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public Scorer scorer(LeafReaderContext leaf) {
                FixedBitSet bits = bits(leaf);
                return new ConstantScoreScorer(this, score(), mode, new BitSetIterator(bits, bits.cardinality()));
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false; // not cacheable, because it is itself a cache
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return filter.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FilteredPassages passages && filter.equals(passages.filter);
    }

    @Override
    public int hashCode() {
        return 31 * classHash() + filter.hashCode();
    }
}

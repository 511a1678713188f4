package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.jspecify.annotations.Nullable;

/** A Lucene searcher that scores with the statistics of a snapshot. */
final class PassageScorer extends IndexSearcher {
    private final LiveStatistics statistics;

    PassageScorer(Snapshot snapshot, BM25Similarity similarity) {
        super(snapshot.reader());
        statistics = snapshot.statistics();
        setSimilarity(similarity);
        setQueryCache(null);
    }

    @Override
    public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq) throws IOException {
        return statistics.term(term, docFreq, totalTermFreq);
    }

    @Override
    public @Nullable CollectionStatistics collectionStatistics(String field) throws IOException {
        return statistics.without(super.collectionStatistics(field));
    }
}

package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;

/** The rankings of one snapshot of the index by a single mode. */
final class PartSearch {
    private static final SortField ID = new SortField(PassageFields.ID, SortField.Type.STRING);
    private static final Sort NEWEST_FIRST = new Sort(
            new SortField(PassageFields.SECONDS, SortField.Type.LONG, true),
            new SortField(PassageFields.NANOS, SortField.Type.LONG, true),
            ID);
    private static final Sort BY_PLACE = new Sort(new SortField(PassageFields.START, SortField.Type.LONG), ID);

    private final Snapshot snapshot;
    private final PassageScorer searcher;

    PartSearch(Snapshot snapshot, PassageScorer searcher) {
        this.snapshot = snapshot;
        this.searcher = searcher;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    PassageScorer scorer() {
        return searcher;
    }

    /** Returns the query vector of a mode; empty if the mode uses no vector, or none exists. */
    float[] vector(Query query, RetrievalMode mode) throws IOException {
        float[] embedding = query.embedding();
        AnchorId anchor = query.anchor();
        if (mode == RetrievalMode.SIMILARITY && embedding != null) {
            return VectorMath.unit(embedding, "the query");
        }
        return mode == RetrievalMode.NEIGHBOURHOOD && anchor != null ? AnchorMean.of(snapshot, anchor) : new float[0];
    }

    /** Returns the Lucene query for any word of a query. */
    org.apache.lucene.search.Query words(Query query) throws IOException {
        return WordQuery.of(query.text(), snapshot);
    }

    Ranking byWords(Query query, int limit) throws IOException {
        return WordSearch.search(searcher, snapshot, filtered(query, words(query)), limit);
    }

    private org.apache.lucene.search.Query filtered(Query query, org.apache.lucene.search.Query found)
            throws IOException {
        return query.filter().isNone()
                ? found
                : new BooleanQuery.Builder()
                        .add(found, BooleanClause.Occur.MUST)
                        .add(snapshot.filtered(query.filter()), BooleanClause.Occur.FILTER)
                        .build();
    }

    Ranking byTime(Query query, int limit) throws IOException {
        org.apache.lucene.search.Query any = query.text().isBlank() ? new MatchAllDocsQuery() : words(query);
        ScoreDoc[] found = searcher.search(filtered(query, any), limit, NEWEST_FIRST).scoreDocs;
        double[] scores = new double[found.length];
        for (int i = 0; i < found.length; i++) {
            Object[] keys = ((FieldDoc) found[i]).fields;
            scores[i] = (Long) keys[0] + (Long) keys[1] * 1e-9;
        }
        return ranking(found, scores);
    }

    Ranking ofDocument(Query query, int limit) throws IOException {
        TermQuery any = new TermQuery(new Term(PassageFields.DOCUMENT, query.document()));
        ScoreDoc[] found = searcher.search(filtered(query, any), limit, BY_PLACE).scoreDocs;
        double[] scores = new double[found.length];
        for (int i = 0; i < found.length; i++) {
            scores[i] = 1.0 / (i + 1);
        }
        return ranking(found, scores);
    }

    private Ranking ranking(ScoreDoc[] found, double[] scores) {
        return new Ranking(
                Arrays.stream(found).mapToInt(one -> snapshot.rank(one.doc)).toArray(), scores);
    }
}

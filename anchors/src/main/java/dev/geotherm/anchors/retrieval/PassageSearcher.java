package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Answers queries from one Lucene searcher, that is, from one version of the index. */
final class PassageSearcher {
    /** The least number of documents of each ranking that take part in a fusion. */
    private static final int FUSION_DEPTH = 1_000;

    private static final SortField ID = new SortField(PassageFields.ID, SortField.Type.STRING);
    private static final Sort BY_SCORE = new Sort(SortField.FIELD_SCORE, ID);
    private static final Sort BY_ID = new Sort(ID);
    private static final Sort NEWEST_FIRST = new Sort(
            new SortField(PassageFields.SECONDS, SortField.Type.LONG, true),
            new SortField(PassageFields.NANOS, SortField.Type.LONG, true),
            ID);
    private static final Sort BY_PLACE = new Sort(new SortField(PassageFields.START, SortField.Type.LONG), ID);

    private final IndexSearcher searcher;
    private final Analyzer analyzer;
    private final LuceneRetrieverSettings settings;
    private final int size;

    PassageSearcher(IndexSearcher searcher, Analyzer analyzer, LuceneRetrieverSettings settings) {
        this.searcher = searcher;
        this.analyzer = analyzer;
        this.settings = settings;
        size = Math.max(1, searcher.getIndexReader().numDocs());
    }

    /** Answers each query; one pass compares the vectors of all queries that have one. */
    List<List<Hit>> all(List<Query> queries) throws IOException {
        Map<Integer, List<ScoredDocument>> byVector = byVector(queries);
        List<List<Hit>> answers = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            Query query = queries.get(i);
            List<ScoredDocument> near = byVector.getOrDefault(i, List.of());
            int limit = limit(query);
            answers.add(HitReader.read(
                    searcher,
                    switch (query.mode()) {
                        case LEXICAL -> byWords(query.text(), limit);
                        case SIMILARITY, NEIGHBOURHOOD -> near.subList(0, Math.min(near.size(), limit));
                        case FUSED ->
                            ReciprocalRankFusion.of(byWords(query.text(), depth(query)), near, settings, limit);
                        case TIME -> byTime(query.text(), limit);
                        case PROVENANCE -> ofDocument(query, limit);
                    }));
        }
        return answers;
    }

    private int limit(Query query) {
        return Math.min(query.limit(), size);
    }

    private int depth(Query query) {
        return query.mode() == RetrievalMode.FUSED
                ? Math.min(size, Math.max(FUSION_DEPTH, query.limit()))
                : limit(query);
    }

    private Map<Integer, List<ScoredDocument>> byVector(List<Query> queries) throws IOException {
        List<Integer> places = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        int limit = 1;
        for (int i = 0; i < queries.size(); i++) {
            float[] vector = vector(queries.get(i));
            if (vector.length > 0) {
                places.add(i);
                vectors.add(vector);
                limit = Math.max(limit, depth(queries.get(i)));
            }
        }
        Map<Integer, List<ScoredDocument>> found = new HashMap<>();
        if (!vectors.isEmpty()) {
            List<List<ScoredDocument>> rankings = ExactVectorSearch.search(searcher, vectors, limit);
            for (int i = 0; i < rankings.size(); i++) {
                List<ScoredDocument> ranking = rankings.get(i);
                int depth = depth(queries.get(places.get(i)));
                found.put(places.get(i), ranking.subList(0, Math.min(ranking.size(), depth)));
            }
        }
        return found;
    }

    private float[] vector(Query query) throws IOException {
        float[] embedding = query.embedding();
        AnchorId anchor = query.anchor();
        return switch (query.mode()) {
            case SIMILARITY, FUSED -> embedding == null ? new float[0] : VectorMath.unit(embedding, "the query");
            case NEIGHBOURHOOD -> anchor == null ? new float[0] : meanOf(anchor);
            case LEXICAL, TIME, PROVENANCE -> new float[0];
        };
    }

    private float[] meanOf(AnchorId anchor) throws IOException {
        double[] sum = new double[0];
        float[] vector = new float[0];
        // Ordered by id: the sum must not depend on the order of indexing.
        for (ScoreDoc found :
                searcher.search(new TermQuery(new Term(PassageFields.ANCHOR, anchor.value())), size, BY_ID).scoreDocs) {
            List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found.doc, leaves));
            BinaryDocValues stored = leaf.reader().getBinaryDocValues(PassageFields.VECTOR);
            if (stored == null || !stored.advanceExact(found.doc - leaf.docBase)) {
                continue;
            }
            BytesRef bytes = stored.binaryValue();
            if (sum.length == 0) {
                sum = new double[bytes.length / Float.BYTES];
                vector = new float[sum.length];
            }
            PassageFields.floats(bytes, vector);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            vector[i] = (float) sum[i];
        }
        VectorMath.normalize(vector);
        return vector;
    }

    private List<ScoredDocument> byWords(String text, int limit) throws IOException {
        ScoreDoc[] found = searcher.search(WordQuery.of(text, analyzer), limit, BY_SCORE, true).scoreDocs;
        List<ScoredDocument> scored = new ArrayList<>(found.length);
        for (ScoreDoc one : found) {
            scored.add(new ScoredDocument(one.doc, (BytesRef) ((FieldDoc) one).fields[1], one.score));
        }
        return scored;
    }

    private List<ScoredDocument> byTime(String text, int limit) throws IOException {
        ScoreDoc[] found = searcher.search(
                        text.isBlank() ? new MatchAllDocsQuery() : WordQuery.of(text, analyzer), limit, NEWEST_FIRST)
                .scoreDocs;
        List<ScoredDocument> scored = new ArrayList<>(found.length);
        for (ScoreDoc one : found) {
            Object[] keys = ((FieldDoc) one).fields;
            double seconds = (Long) keys[0] + (Long) keys[1] * 1e-9;
            scored.add(new ScoredDocument(one.doc, (BytesRef) keys[2], seconds));
        }
        return scored;
    }

    private List<ScoredDocument> ofDocument(Query query, int limit) throws IOException {
        ScoreDoc[] found = searcher.search(
                        new TermQuery(new Term(PassageFields.DOCUMENT, query.document())), limit, BY_PLACE)
                .scoreDocs;
        List<ScoredDocument> scored = new ArrayList<>(found.length);
        for (int i = 0; i < found.length; i++) {
            scored.add(new ScoredDocument(found[i].doc, (BytesRef) ((FieldDoc) found[i]).fields[1], 1.0 / (i + 1)));
        }
        return scored;
    }
}

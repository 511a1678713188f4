package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Answers queries from one Lucene searcher, that is, from one version of the index. */
final class PassageSearcher {
    /** The least number of documents of each ranking that take part in a fusion. */
    private static final int FUSION_DEPTH = 1_000;

    private static final SortField ID = new SortField(PassageFields.ID, SortField.Type.STRING);
    private static final Sort BY_SCORE = new Sort(SortField.FIELD_SCORE, ID);
    private static final Sort NEWEST_FIRST = new Sort(
            new SortField(PassageFields.SECONDS, SortField.Type.LONG, true),
            new SortField(PassageFields.NANOS, SortField.Type.LONG, true),
            ID);
    private static final Sort BY_PLACE = new Sort(new SortField(PassageFields.START, SortField.Type.LONG), ID);

    private final IndexSearcher searcher;
    private final Analyzer analyzer;
    private final LuceneIndexesSettings settings;
    private final int size;

    PassageSearcher(IndexSearcher searcher, Analyzer analyzer, LuceneIndexesSettings settings) {
        this.searcher = searcher;
        this.analyzer = analyzer;
        this.settings = settings;
        size = Math.max(1, searcher.getIndexReader().numDocs());
    }

    /**
     * A query, and how many of its best passages are ranked. For a collapsed query that number grows until there are enough
     * documents. What a smaller number has found keeps its rank, because a deeper fusion ranks differently.
     */
    private record Search(int place, Query query, int passages, List<Hit> found) {}

    /**
     * A ranking of passages.
     *
     * @param best the passages, best first
     * @param complete whether no other passage matches
     */
    private record Ranking(List<ScoredDocument> best, boolean complete) {}

    /** Answers each query; one pass compares the vectors of all queries that have one. */
    List<List<Hit>> all(List<Query> queries) throws IOException {
        Map<Integer, List<Hit>> answers = new TreeMap<>();
        List<Search> open = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            open.add(new Search(i, queries.get(i), depth(queries.get(i), limit(queries.get(i))), List.of()));
        }
        while (!open.isEmpty()) {
            List<Search> deeper = new ArrayList<>();
            Map<Integer, List<ScoredDocument>> byVector = byVector(open);
            for (Search search : open) {
                int limit = limit(search.query());
                Ranking ranking = rank(search, byVector.getOrDefault(search.place(), List.of()));
                List<Hit> hits = search.query().collapse()
                        ? documents(search.found(), ranking.best(), limit)
                        : HitReader.read(searcher, first(ranking.best(), limit));
                if (search.query().collapse() && hits.size() < limit && !ranking.complete()) {
                    int passages = deeper(search.passages(), hits.size(), limit);
                    deeper.add(new Search(search.place(), search.query(), passages, hits));
                } else {
                    answers.put(search.place(), hits);
                }
            }
            open = deeper;
        }
        return List.copyOf(answers.values());
    }

    private Ranking rank(Search search, List<ScoredDocument> near) throws IOException {
        Query query = search.query();
        int depth = search.passages();
        if (query.mode() == RetrievalMode.FUSED) {
            List<ScoredDocument> words = byWords(query.text(), depth);
            int most = query.collapse() ? Integer.MAX_VALUE : limit(query);
            boolean complete = depth == size || (words.size() < depth && near.size() < depth);
            return new Ranking(ReciprocalRankFusion.of(words, near, settings, most), complete);
        }
        List<ScoredDocument> best = switch (query.mode()) {
            case LEXICAL, FUSED -> byWords(query.text(), depth);
            case SIMILARITY, NEIGHBOURHOOD -> near;
            case TIME -> byTime(query.text(), depth);
            case PROVENANCE -> ofDocument(query, depth);
        };
        return new Ranking(best, best.size() < depth || depth == size);
    }

    /** Adds the first passage of each other document to those that were found; reads no more passages than it needs. */
    private List<Hit> documents(List<Hit> found, List<ScoredDocument> ranking, int limit) throws IOException {
        Map<String, Hit> documents = new LinkedHashMap<>();
        found.forEach(hit -> documents.put(hit.document(), hit));
        double lowest = found.isEmpty()
                ? Double.POSITIVE_INFINITY
                : found.get(found.size() - 1).score();
        int from = 0;
        while (from < ranking.size() && documents.size() < limit) {
            int to = Math.min(ranking.size(), from + limit - documents.size());
            for (Hit hit : HitReader.read(searcher, ranking.subList(from, to))) {
                documents.putIfAbsent(hit.document(), hit.score() > lowest ? hit.withScore(lowest) : hit);
            }
            from = to;
        }
        return List.copyOf(documents.values());
    }

    private static List<ScoredDocument> first(List<ScoredDocument> ranking, int limit) {
        return ranking.subList(0, Math.min(ranking.size(), limit));
    }

    /** Returns the next depth of a search that found too few documents: at least twice the last one, so that few follow. */
    private int deeper(int passages, int documents, int limit) {
        double estimate = 1.25 * passages * limit / Math.max(1, documents);
        return (int) Math.min(size, Math.max(2.0 * passages, estimate));
    }

    private int limit(Query query) {
        return Math.min(query.limit(), size);
    }

    private int depth(Query query, int passages) {
        return query.mode() == RetrievalMode.FUSED ? Math.min(size, Math.max(FUSION_DEPTH, passages)) : passages;
    }

    private Map<Integer, List<ScoredDocument>> byVector(List<Search> searches) throws IOException {
        List<Search> having = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        int limit = 1;
        for (Search search : searches) {
            float[] vector = vector(search.query());
            if (vector.length > 0) {
                having.add(search);
                vectors.add(vector);
                limit = Math.max(limit, search.passages());
            }
        }
        Map<Integer, List<ScoredDocument>> found = new HashMap<>();
        if (!vectors.isEmpty()) {
            List<List<ScoredDocument>> rankings = ExactVectorSearch.search(searcher, vectors, limit);
            for (int i = 0; i < rankings.size(); i++) {
                found.put(
                        having.get(i).place(),
                        first(rankings.get(i), having.get(i).passages()));
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
        BytesRef wanted = new BytesRef(anchor.value());
        TreeMap<BytesRef, float[]> byId = new TreeMap<>(); // the sum must not depend on the order of indexing
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            BinaryDocValues anchors = DocValues.getBinary(leaf.reader(), PassageFields.ANCHOR);
            BinaryDocValues vectors = DocValues.getBinary(leaf.reader(), PassageFields.VECTOR);
            SortedDocValues ids = DocValues.getSorted(leaf.reader(), PassageFields.ID);
            Bits live = leaf.reader().getLiveDocs();
            for (int doc = vectors.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = vectors.nextDoc()) {
                boolean member = (live == null || live.get(doc))
                        && anchors.advanceExact(doc)
                        && anchors.binaryValue().equals(wanted);
                if (member && ids.advanceExact(doc)) {
                    BytesRef bytes = vectors.binaryValue();
                    float[] vector = new float[bytes.length / Float.BYTES];
                    PassageFields.floats(bytes, vector);
                    byId.put(BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue())), vector);
                }
            }
        }
        return mean(byId.values());
    }

    private static float[] mean(Collection<float[]> vectors) {
        double[] sum = new double[0];
        for (float[] vector : vectors) {
            sum = sum.length == 0 ? new double[vector.length] : sum;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) sum[i];
        }
        VectorMath.normalize(mean);
        return mean;
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

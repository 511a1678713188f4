package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;

/** Answers queries from one state of the index. */
final class PassageSearcher {
    /** The least number of passages of each ranking that take part in a fusion. */
    private static final int FUSION_DEPTH = 1_000;

    private static final SortField ID = new SortField(PassageFields.ID, SortField.Type.STRING);
    private static final Sort NEWEST_FIRST = new Sort(
            new SortField(PassageFields.SECONDS, SortField.Type.LONG, true),
            new SortField(PassageFields.NANOS, SortField.Type.LONG, true),
            ID);
    private static final Sort BY_PLACE = new Sort(new SortField(PassageFields.START, SortField.Type.LONG), ID);

    private final Snapshot snapshot;
    private final PassageScorer searcher;
    private final LuceneIndexesSettings settings;
    private final LongAdder graphSearches;
    private final int size;

    /**
     * Creates a searcher.
     *
     * @param graphSearches counts the segments that are searched by their graph
     */
    PassageSearcher(
            Snapshot snapshot, BM25Similarity similarity, LuceneIndexesSettings settings, LongAdder graphSearches) {
        this.graphSearches = graphSearches;
        this.snapshot = snapshot;
        this.searcher = new PassageScorer(snapshot, similarity);
        this.settings = settings;
        size = Math.max(1, snapshot.reader().numDocs());
    }

    /**
     * A query, and how many of its best passages are ranked. For a collapsed query that number grows until there are enough
     * documents. What a smaller number has found keeps its rank, because a deeper fusion ranks differently.
     */
    private record Search(int place, Query query, int passages, Ranking found) {}

    /**
     * A ranking of passages.
     *
     * @param best the passages, best first
     * @param complete whether no other passage matches
     */
    private record Candidates(Ranking best, boolean complete) {}

    /** Answers each query; one pass compares the vectors of all queries that have one. */
    List<Ranking> all(List<Query> queries) throws IOException {
        Ranking[] answers = new Ranking[queries.size()];
        List<Search> open = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            open.add(new Search(i, queries.get(i), depth(queries.get(i), limit(queries.get(i))), Ranking.EMPTY));
        }
        while (!open.isEmpty()) {
            List<Search> deeper = new ArrayList<>();
            Map<Integer, Ranking> byVector = byVector(open);
            for (Search search : open) {
                int limit = limit(search.query());
                Candidates found = rank(search, byVector.getOrDefault(search.place(), Ranking.EMPTY));
                Ranking answer = search.query().collapse()
                        ? documents(search.found(), found.best(), limit)
                        : found.best().first(limit);
                if (search.query().collapse() && answer.size() < limit && !found.complete()) {
                    int passages = deeper(search.passages(), answer.size(), limit);
                    deeper.add(new Search(search.place(), search.query(), passages, answer));
                } else {
                    answers[search.place()] = answer;
                }
            }
            open = deeper;
        }
        return List.of(answers);
    }

    private Candidates rank(Search search, Ranking near) throws IOException {
        Query query = search.query();
        int depth = search.passages();
        if (query.mode() == RetrievalMode.FUSED) {
            Ranking words = byWords(query, depth);
            int most = query.collapse() ? Integer.MAX_VALUE : limit(query);
            boolean complete = depth == size || (words.size() < depth && near.size() < depth);
            return new Candidates(ReciprocalRankFusion.of(words, near, settings, most), complete);
        }
        Ranking best = switch (query.mode()) {
            case LEXICAL, FUSED -> byWords(query, depth);
            case SIMILARITY, NEIGHBOURHOOD -> near;
            case TIME -> byTime(query, depth);
            case PROVENANCE -> ofDocument(query, depth);
        };
        return new Candidates(best, best.size() < depth || depth == size);
    }

    /** Adds the first passage of each other document to those that were found. */
    private Ranking documents(Ranking found, Ranking ranking, int limit) {
        int[] ranks = new int[Math.min(limit, found.size() + ranking.size())];
        double[] scores = new double[ranks.length];
        IntSet documents = new IntSet();
        int count = 0;
        for (; count < found.size(); count++) {
            documents.add(snapshot.document(found.rank(count)));
            ranks[count] = found.rank(count);
            scores[count] = found.score(count);
        }
        double lowest = count == 0 ? Double.POSITIVE_INFINITY : scores[count - 1];
        for (int i = 0; i < ranking.size() && count < limit; i++) {
            if (documents.add(snapshot.document(ranking.rank(i)))) {
                ranks[count] = ranking.rank(i);
                scores[count++] = Math.min(lowest, ranking.score(i));
            }
        }
        return new Ranking(ranks, scores).first(count);
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

    private Map<Integer, Ranking> byVector(List<Search> searches) throws IOException {
        List<Integer> places = new ArrayList<>();
        List<VectorSearch.Nearest> all = new ArrayList<>();
        for (Search search : searches) {
            float[] vector = vector(search.query());
            if (vector.length > 0) {
                places.add(search.place());
                all.add(new VectorSearch.Nearest(
                        vector, search.passages(), search.query().filter()));
            }
        }
        Map<Integer, Ranking> found = new HashMap<>();
        List<Ranking> rankings =
                all.isEmpty() ? List.of() : VectorSearch.search(snapshot, settings.graph(), all, graphSearches);
        for (int i = 0; i < rankings.size(); i++) {
            found.put(places.get(i), rankings.get(i));
        }
        return found;
    }

    private float[] vector(Query query) throws IOException {
        float[] embedding = query.embedding();
        AnchorId anchor = query.anchor();
        return switch (query.mode()) {
            case SIMILARITY, FUSED -> embedding == null ? new float[0] : VectorMath.unit(embedding, "the query");
            case NEIGHBOURHOOD -> anchor == null ? new float[0] : AnchorMean.of(snapshot, anchor);
            case LEXICAL, TIME, PROVENANCE -> new float[0];
        };
    }

    private Ranking byWords(Query query, int limit) throws IOException {
        return WordSearch.search(searcher, snapshot, filtered(query, words(query)), limit);
    }

    private org.apache.lucene.search.Query words(Query query) throws IOException {
        return WordQuery.of(query.text(), snapshot);
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

    private Ranking byTime(Query query, int limit) throws IOException {
        org.apache.lucene.search.Query any = query.text().isBlank() ? new MatchAllDocsQuery() : words(query);
        ScoreDoc[] found = searcher.search(filtered(query, any), limit, NEWEST_FIRST).scoreDocs;
        double[] scores = new double[found.length];
        for (int i = 0; i < found.length; i++) {
            Object[] keys = ((FieldDoc) found[i]).fields;
            scores[i] = (Long) keys[0] + (Long) keys[1] * 1e-9;
        }
        return ranking(found, scores);
    }

    private Ranking ofDocument(Query query, int limit) throws IOException {
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

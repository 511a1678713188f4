package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.search.similarities.BM25Similarity;

/** A searcher that answers queries from one snapshot of the index. */
final class PassageSearcher {
    /** The minimum number of passages that each ranking contributes to a fusion. */
    private static final int FUSION_DEPTH = 1_000;

    private final Snapshot snapshot;
    private final PartSearch parts;
    private final LuceneIndexesSettings settings;
    private final LongAdder graphSearches;
    private final int size;

    /**
     * Creates a searcher.
     *
     * @param graphSearches the counter of segments searched by graph
     */
    PassageSearcher(
            Snapshot snapshot, BM25Similarity similarity, LuceneIndexesSettings settings, LongAdder graphSearches) {
        this.graphSearches = graphSearches;
        this.snapshot = snapshot;
        parts = new PartSearch(snapshot, new PassageScorer(snapshot, similarity));
        this.settings = settings;
        size = Math.max(1, snapshot.reader().numDocs());
    }

    /**
     * A query, with the number of its best passages to rank. For a collapsed query, this number grows until there are enough
     * documents. Documents found with a smaller number keep their rank, because a deeper fusion ranks differently.
     */
    private record Search(int place, Query query, int passages, Ranking found) {}

    /**
     * A ranking of passages.
     *
     * @param best the passages, best first
     * @param complete whether no other passage matches
     */
    private record Candidates(Ranking best, boolean complete) {}

    /** Answers each query. One pass compares the vectors of all queries. */
    List<Ranking> all(List<Query> queries) throws IOException {
        Ranking[] answers = new Ranking[queries.size()];
        List<Search> open = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            open.add(new Search(i, queries.get(i), depth(queries.get(i), limit(queries.get(i))), Ranking.EMPTY));
        }
        while (!open.isEmpty()) {
            List<Search> deeper = new ArrayList<>();
            Map<Part, Ranking> byVector = byVector(open);
            for (Search search : open) {
                int limit = limit(search.query());
                Candidates found = rank(search, rankings(search, byVector));
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

    /** One mode of a search. */
    private record Part(int place, RetrievalMode mode) {}

    /** Returns the ranking of each mode of a search that finds passages. */
    private Map<RetrievalMode, Ranking> rankings(Search search, Map<Part, Ranking> byVector) throws IOException {
        Map<RetrievalMode, Ranking> rankings = new EnumMap<>(RetrievalMode.class);
        Query query = search.query();
        for (RetrievalMode mode : Combination.of(query, settings).shares().keySet()) {
            boolean finds = mode != RetrievalMode.TIME || query.mode() == mode;
            if (finds) {
                rankings.put(
                        mode,
                        switch (mode) {
                            case LEXICAL -> parts.byWords(query, search.passages());
                            case TIME -> parts.byTime(query, search.passages());
                            case PROVENANCE -> parts.ofDocument(query, search.passages());
                            default -> byVector.getOrDefault(new Part(search.place(), mode), Ranking.EMPTY);
                        });
            }
        }
        return rankings;
    }

    private Candidates rank(Search search, Map<RetrievalMode, Ranking> rankings) throws IOException {
        Query query = search.query();
        int most = query.collapse() ? Integer.MAX_VALUE : limit(query);
        boolean complete = search.passages() == size
                || rankings.values().stream().allMatch(each -> each.size() < search.passages());
        Ranking best = switch (query.mode()) {
            case FUSED ->
                ReciprocalRankFusion.of(
                        rankings.getOrDefault(RetrievalMode.LEXICAL, Ranking.EMPTY),
                        rankings.getOrDefault(RetrievalMode.SIMILARITY, Ranking.EMPTY),
                        Combination.of(query, settings),
                        settings.rrfK(),
                        most);
            case WEIGHTED, COMPOSITE -> sum(query, rankings).best(most);
            default -> rankings.getOrDefault(query.mode(), Ranking.EMPTY);
        };
        return new Candidates(best, complete);
    }

    private WeightedSum sum(Query query, Map<RetrievalMode, Ranking> rankings) throws IOException {
        return new WeightedSum(
                parts,
                query,
                Combination.of(query, settings),
                rankings,
                new RecencyScale(snapshot, settings.composite().recencyHalfLife()));
    }

    /** Adds the first passage of each further document to the found ones. */
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

    /**
     * Returns the next depth of a search that found too few documents: at least twice the last depth, which keeps the number
     * of rounds low.
     */
    private int deeper(int passages, int documents, int limit) {
        double estimate = 1.25 * passages * limit / Math.max(1, documents);
        return (int) Math.min(size, Math.max(2.0 * passages, estimate));
    }

    private int limit(Query query) {
        return Math.min(query.limit(), size);
    }

    private int depth(Query query, int passages) {
        return query.mode().combines() ? Math.min(size, Math.max(FUSION_DEPTH, passages)) : passages;
    }

    /** Compares the vectors of all searches in one pass. */
    private Map<Part, Ranking> byVector(List<Search> searches) throws IOException {
        List<Part> compared = new ArrayList<>();
        List<VectorSearch.Nearest> all = new ArrayList<>();
        for (Search search : searches) {
            for (RetrievalMode mode :
                    Combination.of(search.query(), settings).shares().keySet()) {
                float[] vector = parts.vector(search.query(), mode);
                if (vector.length > 0) {
                    compared.add(new Part(search.place(), mode));
                    all.add(new VectorSearch.Nearest(
                            vector, search.passages(), search.query().filter()));
                }
            }
        }
        Map<Part, Ranking> found = new HashMap<>();
        List<Ranking> rankings =
                all.isEmpty() ? List.of() : VectorSearch.search(snapshot, settings.graph(), all, graphSearches);
        for (int i = 0; i < rankings.size(); i++) {
            found.put(compared.get(i), rankings.get(i));
        }
        return found;
    }

    /** Explains the passages that {@link #all} found for a query. */
    List<Explained> explain(Query query, Ranking found) throws IOException {
        Search search = new Search(0, query, depth(query, limit(query)), Ranking.EMPTY);
        Map<RetrievalMode, Ranking> rankings = rankings(search, byVector(List.of(search)));
        ScoreExplanation explanation = new ScoreExplanation(
                parts, query, Combination.of(query, settings), rankings, settings.rrfK(), sum(query, rankings));
        List<Explained> explained = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            explained.add(
                    new Explained(explanation.parts(found.rank(i), found.score(i)), explanation.terms(found.rank(i))));
        }
        return explained;
    }

    /**
     * The explanation of a passage.
     *
     * @param parts the contribution of each ranking
     * @param terms the matching words
     */
    record Explained(List<ExplainedHit.Part> parts, List<ExplainedHit.Term> terms) {}
}

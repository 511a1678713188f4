package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Explanation;

/** The explanation of the scores of one query. */
final class ScoreExplanation {
    private final PartSearch search;
    private final Query query;
    private final Combination combination;
    private final int rrfK;
    private final WeightedSum sum;
    private final Map<RetrievalMode, Map<Integer, Integer>> places = new EnumMap<>(RetrievalMode.class);
    private final Collection<WordQuery.Word> words;
    private final SurfaceForms written;

    /**
     * Creates an explanation.
     *
     * @param rankings the rankings of the passage-finding modes
     * @param sum the weighted sum of the rankings
     */
    ScoreExplanation(
            PartSearch search,
            Query query,
            Combination combination,
            Map<RetrievalMode, Ranking> rankings,
            int rrfK,
            WeightedSum sum)
            throws IOException {
        this.search = search;
        this.query = query;
        this.combination = combination;
        this.rrfK = rrfK;
        this.sum = sum;
        rankings.forEach((mode, ranking) -> {
            Map<Integer, Integer> byRank = new HashMap<>();
            for (int i = 0; i < ranking.size(); i++) {
                byRank.put(ranking.rank(i), i);
            }
            places.put(mode, byRank);
        });
        words = combination.has(RetrievalMode.LEXICAL) ? WordQuery.words(query.text(), search.snapshot()) : List.of();
        written = SurfaceForms.of(query.text());
    }

    /** Returns the contribution of each ranking to a passage. */
    List<ExplainedHit.Part> parts(int passage, double score) {
        List<ExplainedHit.Part> parts = new ArrayList<>();
        for (RetrievalMode mode : combination.shares().keySet()) {
            int place = places.getOrDefault(mode, Map.of()).getOrDefault(passage, -1);
            double own = query.mode().combines() ? sum.score(mode, passage) : score;
            double contribution = switch (query.mode()) {
                case FUSED -> place < 0 ? 0 : ReciprocalRankFusion.contribution(combination.share(mode), rrfK, place);
                case WEIGHTED, COMPOSITE -> sum.contribution(mode, passage);
                default -> score;
            };
            parts.add(new ExplainedHit.Part(mode, place + 1, own, combination.share(mode), contribution));
        }
        return parts;
    }

    /** Returns the query's words in a passage, by descending contribution to its BM25 score. */
    List<ExplainedHit.Term> terms(int passage) throws IOException {
        List<ExplainedHit.Term> terms = new ArrayList<>();
        for (WordQuery.Word word : words) {
            Explanation explanation =
                    search.scorer().explain(word.query(), search.snapshot().doc(passage));
            if (explanation.isMatch()) {
                terms.add(new ExplainedHit.Term(
                        written.of(word.word()), explanation.getValue().doubleValue()));
            }
        }
        terms.sort(Comparator.comparingDouble(ExplainedHit.Term::score).reversed());
        return terms;
    }
}

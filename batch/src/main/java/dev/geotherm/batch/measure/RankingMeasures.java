package dev.geotherm.batch.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The measures of a run, per judged query and on average, as {@code trec_eval -c} defines them.
 *
 * <p>Queries of the run without judgements are ignored. A judged query without an answer, or without a relevant document,
 * counts as 0 in every measure. Documents with a grade of 0 or less are not relevant. ({@code trec_eval} fails on an
 * answered query with negative grades only; here that is a query without a relevant document.)
 *
 * @param queries the values for each judged query, in the order of the judgements
 * @param mean the arithmetic mean over those queries; 0 if there are none
 */
public record RankingMeasures(Map<String, Values> queries, Values mean) {
    /** Makes an immutable copy. */
    public RankingMeasures {
        queries = Collections.unmodifiableMap(new LinkedHashMap<>(queries));
    }

    /**
     * The values of the measures, from 0 to 1; higher is better.
     *
     * @param ndcgAt10 the normalised discounted cumulative gain of the first 10 answers: the sum of grade / log2(rank + 1),
     *     divided by that of the best possible ranking ({@code ndcg_cut_10})
     * @param averagePrecision the mean, over all relevant documents, of the precision at the rank of the document; 0 for
     *     those that were not found ({@code map})
     * @param reciprocalRank 1 / rank of the first relevant answer; 0 without one ({@code recip_rank})
     * @param recallAt100 the fraction of the relevant documents that is in the first 100 answers ({@code recall_100})
     */
    public record Values(double ndcgAt10, double averagePrecision, double reciprocalRank, double recallAt100) {
        static final Values NONE = new Values(0, 0, 0, 0);
    }

    /** Measures a run against judgements. */
    public static RankingMeasures of(Qrels qrels, TrecRun run) {
        Map<String, Values> queries = new LinkedHashMap<>();
        for (String query : qrels.queries()) {
            queries.put(query, values(qrels.grades(query), run.answers(query)));
        }
        return new RankingMeasures(
                queries,
                new Values(
                        mean(queries, Values::ndcgAt10),
                        mean(queries, Values::averagePrecision),
                        mean(queries, Values::reciprocalRank),
                        mean(queries, Values::recallAt100)));
    }

    private static double mean(Map<String, Values> queries, ToDoubleFunction<Values> value) {
        return queries.values().stream().mapToDouble(value).average().orElse(0);
    }

    private static Values values(Map<String, Integer> grades, List<TrecRun.Scored> answers) {
        int[] relevant = grades.values().stream()
                .mapToInt(grade -> -grade)
                .filter(grade -> grade < 0)
                .sorted()
                .toArray();
        if (relevant.length == 0) {
            return Values.NONE;
        }
        double ideal = 0;
        for (int i = 0; i < Math.min(10, relevant.length); i++) {
            ideal += gain(-relevant[i], i + 1);
        }
        double gained = 0;
        double precisions = 0;
        double reciprocal = 0;
        int found = 0;
        int foundIn100 = 0;
        int rank = 0;
        for (TrecRun.Scored answer : answers) {
            rank++;
            int grade = grades.getOrDefault(answer.document(), 0);
            if (grade <= 0) {
                continue;
            }
            found++;
            gained += rank <= 10 ? gain(grade, rank) : 0;
            precisions += (double) found / rank;
            reciprocal = found == 1 ? 1.0 / rank : reciprocal;
            foundIn100 += rank <= 100 ? 1 : 0;
        }
        return new Values(
                gained / ideal, precisions / relevant.length, reciprocal, (double) foundIn100 / relevant.length);
    }

    private static double gain(int grade, int rank) {
        return grade * Math.log(2) / Math.log(rank + 1);
    }
}

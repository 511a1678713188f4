package dev.geotherm.batch.measure;

import java.util.List;
import java.util.Map;

/**
 * The coverage of a run by the judgements. A run that finds unjudged documents scores lower than it deserves.
 *
 * @param judgedQueries the number of queries with judgements
 * @param answeredQueries the number of judged queries with an answer
 * @param ignoredQueries the number of queries in the run without judgements
 * @param judgedAnswers the fraction of the first 10 answers to judged queries that were judged, from 0 to 1
 */
public record RunCoverage(int judgedQueries, int answeredQueries, int ignoredQueries, double judgedAnswers) {
    private static final int FIRST = 10;

    /** Returns the coverage of a run. */
    public static RunCoverage of(Qrels qrels, TrecRun run) {
        int answered = 0;
        long answers = 0;
        long judged = 0;
        for (String query : qrels.queries()) {
            Map<String, Integer> grades = qrels.grades(query);
            List<TrecRun.Scored> first = run.answers(query);
            first = first.subList(0, Math.min(FIRST, first.size()));
            answered += first.isEmpty() ? 0 : 1;
            answers += first.size();
            judged += first.stream()
                    .filter(answer -> grades.containsKey(answer.document()))
                    .count();
        }
        int ignored = (int) run.queries().stream()
                .filter(query -> qrels.grades(query).isEmpty())
                .count();
        return new RunCoverage(qrels.queries().size(), answered, ignored, (double) judged / Math.max(1, answers));
    }
}

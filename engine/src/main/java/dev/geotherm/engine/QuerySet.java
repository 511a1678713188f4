package dev.geotherm.engine;

import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusQuery;
import dev.geotherm.engine.corpus.Judgement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The queries of an evaluation, and how many documents are ranked for each.
 *
 * <p>The depth for judged queries depends on their number only, so that measures are comparable, whatever other queries a
 * corpus has.
 *
 * @param queries the queries, in the order of the corpus
 * @param judged the ids of the judged ones
 * @param judgedDepth how many documents are ranked for a judged query
 * @param otherDepth how many are ranked for any other query
 */
record QuerySet(List<CorpusQuery> queries, Set<String> judged, int judgedDepth, int otherDepth) {
    private static final int SHALLOWEST = 100;
    private static final int DEEPEST = 1000;
    private static final int LINES = 5_000_000;

    /** Returns the judged queries of a corpus, or all of them if that is asked for or none is judged. */
    static QuerySet of(Corpus corpus, boolean all) {
        Set<String> judged = corpus.judgements().stream().map(Judgement::query).collect(Collectors.toUnmodifiableSet());
        List<CorpusQuery> chosen = corpus.queries().stream()
                .filter(query -> all || judged.isEmpty() || judged.contains(query.id()))
                .toList();
        long judgedQueries =
                chosen.stream().filter(query -> judged.contains(query.id())).count();
        return new QuerySet(chosen, judged, usualDepth(judgedQueries), usualDepth(chosen.size()));
    }

    /** Returns 1000 as is usual, fewer for very many queries. */
    private static int usualDepth(long queries) {
        return (int) Math.max(SHALLOWEST, Math.min(DEEPEST, LINES / Math.max(1, queries)));
    }

    int depth(String query) {
        return judged.contains(query) ? judgedDepth : otherDepth;
    }
}

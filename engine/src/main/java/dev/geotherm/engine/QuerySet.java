package dev.geotherm.engine;

import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusQuery;
import dev.geotherm.engine.corpus.Judgement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The queries of an evaluation, with the number of documents to rank for each.
 *
 * <p>The depth for judged queries depends only on their number, so measures are comparable whatever other queries a corpus
 * has.
 *
 * @param queries the queries, in the order of the corpus
 * @param judged the ids of the judged queries
 * @param judgedDepth the number of documents to rank for a judged query
 * @param otherDepth the number of documents to rank for any other query
 */
record QuerySet(List<CorpusQuery> queries, Set<String> judged, int judgedDepth, int otherDepth) {
    private static final int SHALLOWEST = 100;
    private static final int DEEPEST = 1000;
    private static final int LINES = 5_000_000;

    /** Returns the judged queries of a corpus, or all queries if requested or if none is judged. */
    static QuerySet of(Corpus corpus, boolean all) {
        Set<String> judged = corpus.judgements().stream().map(Judgement::query).collect(Collectors.toUnmodifiableSet());
        List<CorpusQuery> chosen = corpus.queries().stream()
                .filter(query -> all || judged.isEmpty() || judged.contains(query.id()))
                .toList();
        long judgedQueries =
                chosen.stream().filter(query -> judged.contains(query.id())).count();
        return new QuerySet(chosen, judged, usualDepth(judgedQueries), usualDepth(chosen.size()));
    }

    /** Returns the customary 1000, or less for very many queries. */
    private static int usualDepth(long queries) {
        return (int) Math.max(SHALLOWEST, Math.min(DEEPEST, LINES / Math.max(1, queries)));
    }

    int depth(String query) {
        return judged.contains(query) ? judgedDepth : otherDepth;
    }
}

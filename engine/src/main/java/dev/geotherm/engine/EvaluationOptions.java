package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.RetrievalMode;

/**
 * The options of an evaluation.
 *
 * @param mode how queries are answered: lexical, similarity or fused
 * @param fresh whether the checkpoint of an earlier evaluation is discarded instead of resumed
 * @param allQueries whether queries without judgements are answered, too; they do not count in the measures
 * @param excludeQueryDocument whether a document with the id of the query is left out of its answers, for tasks where a query
 *     is a document of the corpus
 */
public record EvaluationOptions(RetrievalMode mode, boolean fresh, boolean allQueries, boolean excludeQueryDocument) {

    /** Checks the mode: all others do not search by the text of a query. */
    public EvaluationOptions {
        requireNonNull(mode, "mode");
        if (mode != RetrievalMode.FUSED && mode != RetrievalMode.LEXICAL && mode != RetrievalMode.SIMILARITY) {
            throw new IllegalArgumentException("mode must be lexical, similarity or fused, was " + mode);
        }
    }

    /** Returns the defaults: fused retrieval for the judged queries, and a checkpoint is resumed. */
    public static EvaluationOptions defaults() {
        return of(RetrievalMode.FUSED);
    }

    /** Returns the defaults with another mode. */
    public static EvaluationOptions of(RetrievalMode mode) {
        return new EvaluationOptions(mode, false, false, false);
    }

    /** Returns these options, but an earlier checkpoint is discarded. */
    public EvaluationOptions startingFresh() {
        return new EvaluationOptions(mode, true, allQueries, excludeQueryDocument);
    }

    /** Returns these options, but queries without judgements are answered, too. */
    public EvaluationOptions withAllQueries() {
        return new EvaluationOptions(mode, fresh, true, excludeQueryDocument);
    }

    /** Returns these options, but a query's own document is left out. */
    public EvaluationOptions excludingQueryDocuments() {
        return new EvaluationOptions(mode, fresh, allQueries, true);
    }
}

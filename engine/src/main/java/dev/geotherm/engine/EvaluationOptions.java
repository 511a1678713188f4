package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.RetrievalMode;
import org.jspecify.annotations.Nullable;

/**
 * The options of an evaluation.
 *
 * @param mode how queries are answered: lexical, similarity, fused, weighted or composite; null for what suits the embedder: fused if it is
 *     {@linkplain Embedder#isSemantic() semantic}, otherwise lexical
 * @param fresh whether the checkpoint of an earlier evaluation is discarded instead of resumed
 * @param allQueries whether queries without judgements are answered, too; they do not count in the measures
 * @param excludeQueryDocument whether a document with the id of the query is left out of its answers, for tasks where a query
 *     is a document of the corpus
 */
public record EvaluationOptions(
        @Nullable RetrievalMode mode, boolean fresh, boolean allQueries, boolean excludeQueryDocument) {

    /** Checks the mode: all others do not search by the text of a query. */
    public EvaluationOptions {
        if (mode != null && !mode.combines() && mode != RetrievalMode.LEXICAL && mode != RetrievalMode.SIMILARITY) {
            throw new IllegalArgumentException(
                    "mode must be lexical, similarity, fused, weighted or composite, was " + mode);
        }
    }

    /** Returns the defaults: the mode suits the embedder, judged queries only, and a checkpoint is resumed. */
    public static EvaluationOptions defaults() {
        return new EvaluationOptions(null, false, false, false);
    }

    /** Returns the defaults with a mode. */
    public static EvaluationOptions of(RetrievalMode mode) {
        return new EvaluationOptions(requireNonNull(mode, "mode"), false, false, false);
    }

    /** Returns the mode for an embedder. */
    RetrievalMode mode(Embedder embedder) {
        return mode == null ? KnowledgeSearch.mode(embedder) : mode;
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

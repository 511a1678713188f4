package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.RetrievalMode;
import org.jspecify.annotations.Nullable;

/**
 * The options of an evaluation.
 *
 * @param mode the search mode: lexical, similarity, fused, weighted or composite; null for fused with a {@linkplain
 *     Embedder#isSemantic() semantic} embedder, and lexical otherwise
 * @param fresh whether to discard the checkpoint of an earlier evaluation instead of resuming it
 * @param allQueries whether to also answer queries without judgements; they do not count in the measures
 * @param excludeQueryDocument whether to exclude a document with the query's id from its answers, for tasks in which queries
 *     are documents of the corpus
 */
public record EvaluationOptions(
        @Nullable RetrievalMode mode, boolean fresh, boolean allQueries, boolean excludeQueryDocument) {

    /** Validates the mode. Other modes do not search by the text of a query. */
    public EvaluationOptions {
        if (mode != null && !mode.combines() && mode != RetrievalMode.LEXICAL && mode != RetrievalMode.SIMILARITY) {
            throw new IllegalArgumentException(
                    "mode must be lexical, similarity, fused, weighted or composite, was " + mode);
        }
    }

    /** Returns the default options: the embedder's preferred mode, judged queries only, and resuming a checkpoint. */
    public static EvaluationOptions defaults() {
        return new EvaluationOptions(null, false, false, false);
    }

    /** Returns the default options with a mode. */
    public static EvaluationOptions of(RetrievalMode mode) {
        return new EvaluationOptions(requireNonNull(mode, "mode"), false, false, false);
    }

    /** Returns the mode for an embedder. */
    RetrievalMode mode(Embedder embedder) {
        return mode == null ? KnowledgeSearch.mode(embedder) : mode;
    }

    /** Returns these options, with an earlier checkpoint discarded. */
    public EvaluationOptions startingFresh() {
        return new EvaluationOptions(mode, true, allQueries, excludeQueryDocument);
    }

    /** Returns these options, with queries without judgements answered too. */
    public EvaluationOptions withAllQueries() {
        return new EvaluationOptions(mode, fresh, true, excludeQueryDocument);
    }

    /** Returns these options, with each query's own document excluded. */
    public EvaluationOptions excludingQueryDocuments() {
        return new EvaluationOptions(mode, fresh, allQueries, true);
    }
}

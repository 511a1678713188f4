package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.RetrievalMode;

/**
 * The options of an evaluation.
 *
 * @param mode how queries are answered: lexical, similarity or fused
 * @param fresh whether the checkpoint of an earlier evaluation is discarded instead of resumed
 */
public record EvaluationOptions(RetrievalMode mode, boolean fresh) {

    /** Checks the mode: all others do not search by the text of a query. */
    public EvaluationOptions {
        requireNonNull(mode, "mode");
        if (mode != RetrievalMode.FUSED && mode != RetrievalMode.LEXICAL && mode != RetrievalMode.SIMILARITY) {
            throw new IllegalArgumentException("mode must be lexical, similarity or fused, was " + mode);
        }
    }

    /** Returns the defaults: fused retrieval, and a checkpoint is resumed. */
    public static EvaluationOptions defaults() {
        return new EvaluationOptions(RetrievalMode.FUSED, false);
    }
}

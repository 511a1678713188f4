package dev.geotherm.api.batch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * One item of a corpus.
 *
 * @param id the item's id; unique in its corpus
 * @param input the input of the function; its {@code toString} is part of the corpus fingerprint, so it must contain
 *     everything that the result depends on, as it does for strings and records
 * @param priority for {@link EvaluationMode#PRIORITY}: items of higher priority are evaluated first
 * @param estimate for {@link EvaluationMode#PRIORITY}: the expected duration; among equal priorities the shortest items
 *     are evaluated first
 * @param <I> the type of the input
 */
public record EvaluationItem<I>(String id, I input, int priority, Duration estimate) {

    /** Checks that nothing is null. */
    public EvaluationItem {
        requireNonNull(id, "id");
        requireNonNull(input, "input");
        requireNonNull(estimate, "estimate");
    }

    /** Creates an item with priority 0 and estimate zero. */
    public EvaluationItem(String id, I input) {
        this(id, input, 0, Duration.ZERO);
    }
}

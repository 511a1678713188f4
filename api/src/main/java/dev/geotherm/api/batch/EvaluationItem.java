package dev.geotherm.api.batch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * One item of a corpus.
 *
 * @param id names the item; unique in its corpus
 * @param input what is evaluated; its {@code toString} enters the corpus' fingerprint, so it must tell all that matters,
 *     as a record's or a text's does
 * @param priority for {@link EvaluationMode#PRIORITY}: higher goes first
 * @param estimate for {@link EvaluationMode#PRIORITY}: among equal priorities the shorter goes first
 * @param <I> the input
 */
public record EvaluationItem<I>(String id, I input, int priority, Duration estimate) {

    /** Checks that nothing is null. */
    public EvaluationItem {
        requireNonNull(id, "id");
        requireNonNull(input, "input");
        requireNonNull(estimate, "estimate");
    }

    /** Creates an item of priority 0 and no estimate. */
    public EvaluationItem(String id, I input) {
        this(id, input, 0, Duration.ZERO);
    }
}

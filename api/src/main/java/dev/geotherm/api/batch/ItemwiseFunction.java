package dev.geotherm.api.batch;

import java.util.List;

/**
 * A batch function that can fail single items; the other items of the batch are not evaluated again.
 * {@link BatchFunction#itemwise} adapts it for a job.
 *
 * @param <I> the input of an item
 * @param <O> the result of an item
 */
@FunctionalInterface
public interface ItemwiseFunction<I, O> {

    /**
     * Evaluates a batch.
     *
     * @param items at least one; immutable
     * @return one result for each item, in the same order
     * @throws Exception if the batch failed as a whole
     */
    List<ItemResult<O>> evaluate(List<EvaluationItem<I>> items) throws Exception;
}

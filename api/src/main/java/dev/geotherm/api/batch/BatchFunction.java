package dev.geotherm.api.batch;

import java.util.List;

/**
 * A function that evaluates the items of a corpus, one batch at a time.
 *
 * @param <I> the input of an item
 * @param <O> the result of an item
 */
@FunctionalInterface
public interface BatchFunction<I, O> {

    /**
     * Evaluates a batch. Several threads call this method concurrently unless the mode is sequential.
     *
     * <p>A call fails if it throws, if it returns null, a null result or not exactly one result for each item, or if a
     * result cannot be serialized. The items of a failed batch are then evaluated one by one, with up to the configured
     * number of retries each. An item has failed only if every attempt on its own fails. The result of an item must not
     * depend on the other items of its batch. An {@link OutOfMemoryError} stops the job instead of failing an item.
     *
     * @param items at least one; immutable
     * @return one result for each item, in the same order
     * @throws Exception if the batch failed
     */
    List<O> evaluate(List<EvaluationItem<I>> items) throws Exception;
}

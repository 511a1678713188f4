package dev.geotherm.api.batch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
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
     * Evaluates a batch. Several threads call this method at once unless the mode is sequential.
     *
     * <p>A call fails if it throws, returns null, or does not return exactly one result for each item. The items of a
     * failed batch are then evaluated one by one, with up to the configured number of retries each. An item fails only
     * if every attempt to evaluate it alone fails. To fail single items of a batch, see {@link #itemwise}. The result
     * of an item must not depend on the other items of its batch. An {@link OutOfMemoryError} stops the job instead of
     * failing an item.
     *
     * @param items at least one; immutable
     * @return one result for each item, in the same order
     * @throws Exception if the batch failed
     */
    List<O> evaluate(List<EvaluationItem<I>> items) throws Exception;

    /**
     * Evaluates a batch as {@link #evaluate} does; evaluators call this method. By default, every item of a call that
     * returns has succeeded, except those with a null result.
     *
     * <p>A single item fails if its result is a {@link ItemResult.Failure}, is null, or cannot be serialized. Only that
     * item is evaluated again, alone, with up to the configured number of retries.
     *
     * @param items at least one; immutable
     * @return one result for each item, in the same order
     * @throws Exception if the batch failed
     */
    default List<ItemResult<O>> evaluateEach(List<EvaluationItem<I>> items) throws Exception {
        List<ItemResult<O>> results = new ArrayList<>(items.size());
        for (O value : requireNonNull(evaluate(items), "the function returned null")) {
            results.add(
                    value == null
                            ? ItemResult.failed(new NullPointerException("the function returned a null result"))
                            : ItemResult.of(value));
        }
        return results;
    }

    /** Returns a batch function in which single items can fail. */
    static <I, O> BatchFunction<I, O> itemwise(ItemwiseFunction<I, O> function) {
        requireNonNull(function, "function");
        return new BatchFunction<>() {
            @Override
            public List<O> evaluate(List<EvaluationItem<I>> items) throws Exception {
                List<O> values = new ArrayList<>(items.size());
                for (ItemResult<O> result : function.evaluate(items)) {
                    values.add(result.orElseThrow());
                }
                return values;
            }

            @Override
            public List<ItemResult<O>> evaluateEach(List<EvaluationItem<I>> items) throws Exception {
                return function.evaluate(items);
            }
        };
    }
}

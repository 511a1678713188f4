package dev.geotherm.api.batch;

import java.util.List;

/**
 * What is done with the items of a corpus.
 *
 * @param <I> the input of an item
 * @param <O> the result of an item
 */
@FunctionalInterface
public interface BatchFunction<I, O> {

    /**
     * Evaluates some items; called by several threads at once unless the mode is sequential.
     *
     * <p>A call fails when it throws, returns null, a null result or another number of results than it got items, or when
     * the codec cannot write a result. The items of a batch that failed are tried one by one, each once and then again as
     * often as the settings say; an item that fails each time on its own has failed, the others have not. An item's result
     * must not depend on which others are in its batch. An {@link OutOfMemoryError} is nobody's fault in particular: it
     * stops the job.
     *
     * @param items at least one; immutable
     * @return a result for each item, in the same order
     * @throws Exception if the batch failed
     */
    List<O> evaluate(List<EvaluationItem<I>> items) throws Exception;
}

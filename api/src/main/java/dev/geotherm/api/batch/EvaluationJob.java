package dev.geotherm.api.batch;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be evaluated, how, and where to.
 *
 * @param id names the job; a checkpoint is resumed by a job of the same id only, so it must name whatever the results
 *     depend on besides the corpus: model, settings
 * @param items the corpus, in its order
 * @param function evaluates batches
 * @param codec writes results
 * @param output the file to which results go, one JSON line an item in the corpus' order; it appears when the job has
 *     evaluated every item, and not before. The checkpoint lies beside it while the job runs, under the same name with
 *     {@code .checkpoint} appended
 * @param mode how batches are scheduled
 * @param listener is told how the job gets on
 * @param <I> the input of an item
 * @param <O> the result of an item
 */
public record EvaluationJob<I, O>(
        String id,
        List<EvaluationItem<I>> items,
        BatchFunction<I, O> function,
        ResultCodec<O> codec,
        Path output,
        EvaluationMode mode,
        EvaluationListener listener) {

    /** Checks that nothing is null, and copies the list. */
    public EvaluationJob {
        requireNonNull(id, "id");
        items = List.copyOf(items);
        requireNonNull(function, "function");
        requireNonNull(codec, "codec");
        requireNonNull(output, "output");
        requireNonNull(mode, "mode");
        requireNonNull(listener, "listener");
    }
}

package dev.geotherm.api.batch;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be evaluated, how, and where to.
 *
 * <h2>The output</h2>
 *
 * <p>UTF-8, one JSON object an item, in the corpus' order, each ended by a line feed, without any other white space between
 * tokens, with its members in this order:
 *
 * <pre>{@code
 * {"id":"item-1","status":"ok","value":<what the codec returned>}
 * {"id":"item-2","status":"failed","attempts":3,"error":"java.io.IOException: no route to host"}
 * }</pre>
 *
 * <p>Its bytes depend on the items, the function and the codec alone: not on the mode, the size of batches, the number of
 * threads, or on whether the job was stopped and resumed on its way.
 *
 * <p>It appears by an atomic rename when every item has its outcome, and not before. A job whose output is there already is
 * not skipped: it evaluates again and replaces the output in the same way; until then the old one stays as it is.
 *
 * <h2>Files beside it</h2>
 *
 * <p>While the job runs, and after it was stopped, the checkpoint lies beside the output, under the same name with
 * {@code .checkpoint} appended; while the output is being written, so does a file with {@code .partial} appended. Neither is
 * left when the job has completed.
 *
 * @param id names the job; a checkpoint is resumed by a job of the same id only, so it must name whatever the results
 *     depend on besides the corpus: model, settings
 * @param items the corpus, in its order
 * @param function evaluates batches
 * @param codec writes results
 * @param output the file to which results go, see above; its folder must exist
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

package dev.geotherm.api.batch;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A job: a corpus, the function that evaluates it, and the file for the results.
 *
 * <h2>The output</h2>
 *
 * <p>The output is in JSON Lines format (UTF-8): one JSON object per item, in corpus order, each terminated by a line feed,
 * with no other white space between tokens, and with its members in this order:
 *
 * <pre>{@code
 * {"id":"item-1","status":"ok","value":<the serialized result>}
 * {"id":"item-2","status":"failed","attempts":3,"error":"java.io.IOException: no route to host"}
 * }</pre>
 *
 * <p>Its bytes depend only on the items, the function and the serializer: not on the mode, the batch size or the number of
 * threads, and not on whether the job was stopped and resumed.
 *
 * <p>It appears by an atomic rename once every item has an outcome, and not before. The job ignores an existing output:
 * it evaluates every item, and the old output stays until it is replaced in the same way. If the output is a symbolic
 * link, it is followed: everything here applies to its target.
 *
 * <h2>Other files</h2>
 *
 * <p>The evaluator keeps these files next to the output, with its name and a suffix. Both are gone once the job has
 * completed, except the checkpoint of a job that keeps it.
 *
 * <ul>
 *   <li>{@code .checkpoint}: a file or folder with the outcomes so far; kept when the job is cancelled, fails or is killed.
 *       To start over, delete it while the job is not running
 *   <li>{@code .partial}: the output while it is being written
 * </ul>
 *
 * @param id the job's id. A checkpoint is resumed only by a job with the same id, so the id must identify everything
 *     that the results depend on besides the corpus, such as model and settings
 * @param items the corpus, in order; the whole list is kept in memory while the job runs
 * @param function evaluates the batches
 * @param serializer turns results into JSON
 * @param output the file for the results; its folder must exist
 * @param mode how batches are scheduled
 * @param listener receives the events of the job
 * @param keepCheckpoint whether the checkpoint stays after the job has completed, for a caller that processes the
 *     output further and deletes the checkpoint once the result is safe. Until then, the same job, started again,
 *     evaluates nothing and writes the output again
 * @param cost the cost of an item in the unit of the evaluator's rate limit, such as tokens; at least 0
 * @param <I> the type of the inputs
 * @param <O> the type of the results
 */
public record EvaluationJob<I, O>(
        String id,
        List<EvaluationItem<I>> items,
        BatchFunction<I, O> function,
        ResultSerializer<O> serializer,
        Path output,
        EvaluationMode mode,
        EvaluationListener listener,
        boolean keepCheckpoint,
        ToLongFunction<? super I> cost) {

    /** Creates a job that deletes its checkpoint once it has completed. */
    public EvaluationJob(
            String id,
            List<EvaluationItem<I>> items,
            BatchFunction<I, O> function,
            ResultSerializer<O> serializer,
            Path output,
            EvaluationMode mode,
            EvaluationListener listener) {
        this(id, items, function, serializer, output, mode, listener, false);
    }

    /** Creates a job in which each item costs 1. */
    public EvaluationJob(
            String id,
            List<EvaluationItem<I>> items,
            BatchFunction<I, O> function,
            ResultSerializer<O> serializer,
            Path output,
            EvaluationMode mode,
            EvaluationListener listener,
            boolean keepCheckpoint) {
        this(id, items, function, serializer, output, mode, listener, keepCheckpoint, input -> 1);
    }

    /** Checks that nothing is null, and copies the list. */
    public EvaluationJob {
        requireNonNull(id, "id");
        items = List.copyOf(items);
        requireNonNull(function, "function");
        requireNonNull(serializer, "serializer");
        requireNonNull(output, "output");
        requireNonNull(mode, "mode");
        requireNonNull(listener, "listener");
        requireNonNull(cost, "cost");
    }

    /** Returns a copy that keeps its checkpoint after it has completed. */
    public EvaluationJob<I, O> keepingCheckpoint() {
        return new EvaluationJob<>(id, items, function, serializer, output, mode, listener, true, cost);
    }

    /** Returns a copy with another cost function. */
    public EvaluationJob<I, O> withCost(ToLongFunction<? super I> newCost) {
        return new EvaluationJob<>(id, items, function, serializer, output, mode, listener, keepCheckpoint, newCost);
    }
}

package dev.geotherm.batch.job;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.batch.output.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A runner of batches: it calls the function of a job, and evaluates the items of a failed batch one by one. Safe for use
 * by many threads.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the results
 */
final class BatchRunner<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private final EvaluationJob<I, O> job;
    private final int maxRetries;
    private final EvaluatorCounters counters;

    BatchRunner(EvaluationJob<I, O> job, int maxRetries, EvaluatorCounters counters) {
        this.job = job;
        this.maxRetries = maxRetries;
        this.counters = counters;
    }

    /**
     * The result of a batch.
     *
     * @param outcomes one for each item
     * @param retries calls of the function in addition to the first
     */
    record Result(List<Outcome> outcomes, long retries) {}

    Result evaluate(int[] indexes) throws IOException {
        long start = System.nanoTime();
        try {
            return evaluateAll(indexes);
        } finally {
            counters.batchNanos.recordValue(System.nanoTime() - start);
        }
    }

    private Result evaluateAll(int[] indexes) throws IOException {
        List<EvaluationItem<I>> batch =
                Arrays.stream(indexes).mapToObj(i -> job.items().get(i)).toList();
        List<Outcome> outcomes = new ArrayList<>(indexes.length);
        long calls = 0;
        if (indexes.length > 1) {
            calls++;
            try {
                List<byte[]> results = call(batch);
                for (int i = 0; i < indexes.length; i++) {
                    outcomes.add(Outcome.ok(indexes[i], results.get(i)));
                }
                return new Result(outcomes, 0);
            } catch (Exception | Error e) {
                rethrowJvmError(e);
                LOG.debug("Job {}: a batch of {} failed, evaluating its items one by one", job.id(), indexes.length, e);
            }
        }
        for (int i = 0; i < indexes.length; i++) {
            calls += evaluateAlone(indexes[i], batch.subList(i, i + 1), outcomes);
        }
        return new Result(outcomes, calls - 1);
    }

    /** Evaluates one item, with retries, adds its outcome, and returns the number of attempts. */
    private int evaluateAlone(int index, List<EvaluationItem<I>> item, List<Outcome> outcomes) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                outcomes.add(Outcome.ok(index, call(item).get(0)));
                return attempt;
            } catch (Exception | Error e) {
                rethrowJvmError(e);
                String id = item.get(0).id();
                LOG.debug("Job {}: attempt {} of item {} failed", job.id(), attempt, id, e);
                if (attempt > maxRetries) {
                    outcomes.add(Outcome.failed(index, attempt, errorText(e)));
                    return attempt;
                }
            }
        }
    }

    private List<byte[]> call(List<EvaluationItem<I>> batch) throws Exception {
        List<O> results = callFunction(batch);
        if (results == null) {
            throw new IllegalStateException("the function returned null");
        }
        if (results.size() != batch.size()) {
            throw new IllegalStateException(
                    "the function returned " + results.size() + " results for " + batch.size() + " items");
        }
        List<byte[]> serialized = new ArrayList<>(batch.size());
        for (O result : results) {
            O value = requireNonNull(result, "the function returned a null result");
            serialized.add(Outcome.toBytes(
                    requireNonNull(job.serializer().toJson(value), "the serializer returned null for a result")));
        }
        return serialized;
    }

    private List<O> callFunction(List<EvaluationItem<I>> batch) throws Exception {
        long start = System.nanoTime();
        counters.activeWorkers.incrementAndGet();
        try {
            return job.function().evaluate(batch);
        } finally {
            counters.activeWorkers.decrementAndGet();
            counters.functionNanos.add(System.nanoTime() - start);
        }
    }

    /**
     * Rethrows an error of the JVM: if it were recorded as a failure of the item, the item would never be evaluated
     * again.
     */
    private static void rethrowJvmError(Throwable e) {
        if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
            throw error;
        }
    }

    private static String errorText(Throwable e) {
        String message = e.getMessage();
        return e.getClass().getName() + (message == null ? "" : ": " + message);
    }
}

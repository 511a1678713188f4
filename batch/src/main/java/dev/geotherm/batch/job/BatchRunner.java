package dev.geotherm.batch;

import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates batches, and the items of those that failed one by one. Safe for use by many threads.
 *
 * @param <I> the input of an item
 * @param <O> the result of an item
 */
final class BatchRunner<I, O> {
    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    private final EvaluationJob<I, O> job;
    private final int maxRetries;
    private final Counters counters;

    BatchRunner(EvaluationJob<I, O> job, int maxRetries, Counters counters) {
        this.job = job;
        this.maxRetries = maxRetries;
        this.counters = counters;
    }

    /**
     * What came of a batch.
     *
     * @param outcomes one an item
     * @param retries calls of the function beyond the first
     */
    record Result(List<Outcome> outcomes, long retries) {}

    Result evaluate(int[] indexes) throws IOException {
        List<EvaluationItem<I>> batch =
                Arrays.stream(indexes).mapToObj(i -> job.items().get(i)).toList();
        List<Outcome> outcomes = new ArrayList<>(indexes.length);
        long calls = 0;
        if (indexes.length > 1) {
            calls++;
            try {
                List<byte[]> values = call(batch);
                for (int i = 0; i < indexes.length; i++) {
                    outcomes.add(Outcome.ok(indexes[i], values.get(i)));
                }
                return new Result(outcomes, 0);
            } catch (Exception | Error e) {
                throwIfOfTheJvm(e);
                log.debug("Job {}: a batch of {} failed, its items are tried one by one", job.id(), indexes.length, e);
            }
        }
        for (int i = 0; i < indexes.length; i++) {
            calls += evaluateAlone(indexes[i], batch.subList(i, i + 1), outcomes);
        }
        return new Result(outcomes, calls - 1);
    }

    private int evaluateAlone(int index, List<EvaluationItem<I>> item, List<Outcome> outcomes) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                outcomes.add(Outcome.ok(index, call(item).get(0)));
                return attempt;
            } catch (Exception | Error e) {
                throwIfOfTheJvm(e);
                log.debug(
                        "Job {}: try {} of item {} failed",
                        job.id(),
                        attempt,
                        item.get(0).id(),
                        e);
                if (attempt > maxRetries) {
                    outcomes.add(Outcome.failed(index, attempt, text(e)));
                    return attempt;
                }
            }
        }
    }

    private List<byte[]> call(List<EvaluationItem<I>> batch) throws Exception {
        List<O> results = function(batch);
        if (results == null) {
            throw new IllegalStateException("the function returned null");
        }
        if (results.size() != batch.size()) {
            throw new IllegalStateException(
                    "the function returned " + results.size() + " results for " + batch.size() + " items");
        }
        List<byte[]> values = new ArrayList<>(batch.size());
        for (O result : results) {
            O value = Objects.requireNonNull(result, "the function returned a null result");
            values.add(Outcome.bytes(
                    Objects.requireNonNull(job.codec().toJson(value), "the codec returned null for a result")));
        }
        return values;
    }

    private List<O> function(List<EvaluationItem<I>> batch) throws Exception {
        long start = System.nanoTime();
        counters.workers.incrementAndGet();
        try {
            return job.function().evaluate(batch);
        } finally {
            counters.workers.decrementAndGet();
            counters.busyNanos.add(System.nanoTime() - start);
        }
    }

    /** An error of the JVM is not the item's: were it recorded as such, the item would never be tried again. */
    private static void throwIfOfTheJvm(Throwable e) {
        if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
            throw error;
        }
    }

    private static String text(Throwable e) {
        String message = e.getMessage();
        return e.getClass().getName() + (message == null ? "" : ": " + message);
    }
}

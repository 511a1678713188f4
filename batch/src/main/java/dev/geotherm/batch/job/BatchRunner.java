package dev.geotherm.batch.job;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.ItemResult;
import dev.geotherm.batch.output.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread-safe runner of batches: it calls the function of a job, then retries failed items and the items of a failed batch
 * one by one.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the results
 */
final class BatchRunner<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private final EvaluationJob<I, O> job;
    private final int maxRetries;
    private final EvaluatorCounters counters;
    private final RequestGate gate;

    BatchRunner(EvaluationJob<I, O> job, int maxRetries, EvaluatorCounters counters, RequestGate gate) {
        this.job = job;
        this.maxRetries = maxRetries;
        this.counters = counters;
        this.gate = gate;
    }

    /**
     * The result of a batch.
     *
     * @param outcomes one outcome per item
     * @param retries the number of calls of the function after the first
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
        List<@Nullable ItemResult<byte[]>> first = indexes.length > 1 ? callTogether(batch) : unknown(batch);
        List<Outcome> outcomes = new ArrayList<>(indexes.length);
        long calls = indexes.length > 1 ? 1 : 0;
        for (int i = 0; i < indexes.length; i++) {
            ItemResult<byte[]> result = first.get(i);
            int attempts = result == null ? 0 : 1;
            while (!(result instanceof ItemResult.Success<byte[]>) && attempts <= maxRetries) {
                result = callAlone(batch.subList(i, i + 1), attempts + 1);
                attempts++;
                calls++;
            }
            outcomes.add(outcome(indexes[i], attempts, requireNonNull(result, "an item is evaluated at least once")));
        }
        return new Result(outcomes, calls - 1);
    }

    private static Outcome outcome(int index, int attempts, ItemResult<byte[]> result) throws IOException {
        return result instanceof ItemResult.Success<byte[]> success
                ? Outcome.ok(index, success.value())
                : Outcome.failed(index, attempts, errorText(((ItemResult.Failure<byte[]>) result).error()));
    }

    /** Evaluates a batch in one call. If the call fails, no item has a result yet. */
    private List<@Nullable ItemResult<byte[]>> callTogether(List<EvaluationItem<I>> batch) {
        try {
            return new ArrayList<>(call(batch));
        } catch (Exception | Error e) {
            rethrowUnlessOfItem(e);
            LOG.debug("Job {}: a batch of {} failed, evaluating its items one by one", job.id(), batch.size(), e);
            return unknown(batch);
        }
    }

    private ItemResult<byte[]> callAlone(List<EvaluationItem<I>> item, int attempt) {
        try {
            return call(item).get(0);
        } catch (Exception | Error e) {
            rethrowUnlessOfItem(e);
            LOG.debug(
                    "Job {}: attempt {} of item {} failed",
                    job.id(),
                    attempt,
                    item.get(0).id(),
                    e);
            return ItemResult.failed(e);
        }
    }

    private static List<@Nullable ItemResult<byte[]>> unknown(List<?> batch) {
        return new ArrayList<>(Collections.nCopies(batch.size(), null));
    }

    private List<ItemResult<byte[]>> call(List<EvaluationItem<I>> batch) throws Exception {
        List<ItemResult<O>> results = callFunction(batch);
        if (results == null) {
            throw new IllegalStateException("the function returned null");
        }
        if (results.size() != batch.size()) {
            throw new IllegalStateException(
                    "the function returned " + results.size() + " results for " + batch.size() + " items");
        }
        return results.stream().map(this::serialized).toList();
    }

    private ItemResult<byte[]> serialized(ItemResult<O> result) {
        try {
            if (result instanceof ItemResult.Failure<O> failure) {
                rethrowUnlessOfItem(failure.error());
                return ItemResult.failed(failure.error());
            }
            ItemResult.Success<O> success =
                    (ItemResult.Success<O>) requireNonNull(result, "the function returned a null result");
            return ItemResult.of(Outcome.toBytes(requireNonNull(
                    job.serializer().toJson(success.value()), "the serializer returned null for a result")));
        } catch (Exception | Error e) {
            rethrowUnlessOfItem(e);
            return ItemResult.failed(e);
        }
    }

    private List<ItemResult<O>> callFunction(List<EvaluationItem<I>> batch) throws Exception {
        gate.await(cost(batch));
        long start = System.nanoTime();
        counters.activeWorkers.incrementAndGet();
        try {
            return job.function().evaluateEach(batch);
        } catch (Exception e) {
            gate.failed(e);
            throw e;
        } finally {
            counters.activeWorkers.decrementAndGet();
            counters.functionNanos.add(System.nanoTime() - start);
        }
    }

    /**
     * Rethrows a JVM error or the end of the job. Recorded as a failure of the item, either would keep the item from ever
     * being evaluated again.
     */
    private static void rethrowUnlessOfItem(Throwable e) {
        if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
            throw error;
        } else if (e instanceof JobStopped stopped) {
            throw stopped;
        }
    }

    private long cost(List<EvaluationItem<I>> batch) {
        long sum = 0;
        for (EvaluationItem<I> item : batch) {
            long cost = job.cost().applyAsLong(item.input());
            if (cost < 0) {
                throw new IllegalArgumentException(
                        "the cost of item " + item.id() + " must be at least 0, was " + cost);
            }
            sum += cost;
        }
        return sum;
    }

    private static String errorText(Throwable e) {
        String message = e.getMessage();
        return e.getClass().getName() + (message == null ? "" : ": " + message);
    }
}

package dev.geotherm.testkit.batch;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationProgress;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.api.batch.ItemFailure;
import dev.geotherm.api.batch.ItemResult;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A job that is a loop over its batches. */
final class PlainEvaluation<I, O> implements Evaluation, Runnable {
    /** Escapes what is not ASCII, also unpaired surrogates, which have no bytes. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final int FIRST_FAILURES = 100;

    private final EvaluationJob<I, O> job;
    private final Path output;
    private final PlainCheckpoint checkpoint;
    private final Tuning tuning;
    private final PlainCounts counts;
    private final Runnable onEnd;
    private final long start = System.nanoTime();
    private final CompletableFuture<EvaluationReport> report = new CompletableFuture<>();
    private final String[] lines;
    private final List<ItemFailure> failures = new ArrayList<>();
    private final int resumed;
    private int done;
    private int failed;
    private long batches;
    private long retries;
    private long checkpoints;
    private int sinceCheckpoint;
    private volatile EvaluationProgress progress;
    private volatile boolean cancelled;
    private volatile @Nullable Thread thread;

    /** The JSON of a result, or why there is none. */
    private record Attempt(
            @Nullable JsonNode value, @Nullable Throwable error) {}

    PlainEvaluation(
            EvaluationJob<I, O> job,
            Path output,
            PlainCheckpoint checkpoint,
            Tuning tuning,
            PlainCounts counts,
            Runnable onEnd) {
        this.job = job;
        this.output = output;
        this.checkpoint = checkpoint;
        this.tuning = tuning;
        this.counts = counts;
        this.onEnd = onEnd;
        lines = new String[job.items().size()];
        for (PlainCheckpoint.Line line : checkpoint.lines()) {
            keep(line);
        }
        resumed = done;
        progress = new EvaluationProgress(lines.length, done, failed, resumed, Duration.ZERO);
        counts.started(resumed);
    }

    private void keep(PlainCheckpoint.Line line) {
        lines[line.index()] = line.text();
        done++;
        JsonNode read = read(line.text());
        if (read.path("status").asText().equals("failed")) {
            failed++;
            if (failures.size() < FIRST_FAILURES) {
                failures.add(new ItemFailure(
                        read.path("id").asText(),
                        read.path("attempts").asInt(),
                        read.path("error").asText()));
            }
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException impossible) {
            throw new IllegalArgumentException(line, impossible);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        Status status = Status.FAILED;
        Optional<String> error = Optional.empty();
        try {
            for (List<Integer> batch : batches()) {
                if (cancelled) {
                    break;
                }
                evaluate(batch);
            }
            writeCheckpoint();
            if (done < lines.length) {
                status = Status.CANCELLED;
            } else {
                writeOutput();
                status = failed == 0 ? Status.COMPLETED : Status.COMPLETED_WITH_FAILURES;
            }
        } catch (IOException unwritable) {
            error = Optional.of("cannot write " + output + " or its checkpoint: " + unwritable);
        } catch (RuntimeException | Error stopped) {
            error = Optional.of(stopped.toString());
        }
        end(status, error);
    }

    private void end(Status status, Optional<String> error) {
        update();
        try {
            if (!job.keepCheckpoint() && (status == Status.COMPLETED || status == Status.COMPLETED_WITH_FAILURES)) {
                checkpoint.delete();
            }
            checkpoint.close();
        } catch (IOException stays) {
            // the next job reads it
        }
        onEnd.run();
        report.complete(
                new EvaluationReport(job.id(), status, progress, batches, retries, checkpoints, failures, error));
    }

    private void update() {
        progress = new EvaluationProgress(
                lines.length, done, failed, resumed, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Returns the indexes of the items without an outcome, in batches. */
    private List<List<Integer>> batches() {
        List<EvaluationItem<I>> items = job.items();
        Comparator<Integer> order = job.mode() == EvaluationMode.PRIORITY
                ? Comparator.comparing((Integer index) -> -items.get(index).priority())
                        .thenComparing(index -> items.get(index).estimate())
                : Comparator.naturalOrder();
        List<Integer> left = IntStream.range(0, lines.length)
                .filter(index -> lines[index] == null)
                .boxed()
                .sorted(order)
                .toList();
        return IntStream.iterate(0, from -> from < left.size(), from -> from + tuning.batchSize())
                .mapToObj(from -> left.subList(from, Math.min(left.size(), from + tuning.batchSize())))
                .toList();
    }

    private void evaluate(List<Integer> batch) throws IOException {
        long began = System.nanoTime();
        List<Attempt> together = attempt(batch.stream().map(job.items()::get).toList());
        for (int i = 0; i < batch.size(); i++) {
            EvaluationItem<I> item = job.items().get(batch.get(i));
            Attempt attempt = together == null ? attemptAlone(item) : together.get(i);
            int attempts = 1;
            while (attempt.error != null && attempts <= tuning.maxRetries()) {
                attempt = attemptAlone(item);
                attempts++;
            }
            add(batch.get(i), item.id(), attempt, attempts);
        }
        batches++;
        counts.batch(System.nanoTime() - began);
        tell(listener -> listener.onBatch(progress));
        if (sinceCheckpoint >= tuning.checkpointEvery()) {
            writeCheckpoint();
        }
    }

    private Attempt attemptAlone(EvaluationItem<I> item) {
        retries++;
        return attempt(List.of(item)).get(0);
    }

    /** Calls the function; returns null if a batch of several items failed as a whole. */
    private @Nullable List<Attempt> attempt(List<EvaluationItem<I>> items) {
        long began = System.nanoTime();
        counts.call(1, 0);
        try {
            List<ItemResult<O>> results = job.function().evaluateEach(items);
            if (results.size() != items.size()) {
                throw new IllegalStateException(results.size() + " results for " + items.size() + " items");
            }
            return results.stream().map(this::serialized).toList();
        } catch (OutOfMemoryError stopsTheJob) {
            throw stopsTheJob;
        } catch (Throwable failure) {
            return items.size() == 1 ? List.of(new Attempt(null, failure)) : null;
        } finally {
            Thread.interrupted(); // an interrupt would close the checkpoint's file
            counts.call(-1, System.nanoTime() - began);
        }
    }

    private Attempt serialized(ItemResult<O> result) {
        if (result instanceof ItemResult.Failure<O> failure) {
            return new Attempt(null, failure.error());
        }
        try {
            JsonNode value = job.serializer().toJson(result.orElseThrow());
            return value == null ? new Attempt(null, new NullPointerException("no JSON")) : new Attempt(value, null);
        } catch (RuntimeException failure) {
            return new Attempt(null, failure);
        }
    }

    private void add(int index, String id, Attempt attempt, int attempts) throws IOException {
        ObjectNode line = JSON.createObjectNode().put("id", id);
        if (attempt.error == null) {
            line.put("status", "ok").set("value", attempt.value);
        } else {
            line.put("status", "failed").put("attempts", attempts).put("error", attempt.error.toString());
        }
        PlainCheckpoint.Line outcome = new PlainCheckpoint.Line(index, JSON.writeValueAsString(line));
        checkpoint.add(outcome);
        keep(outcome);
        sinceCheckpoint++;
        counts.item(attempt.error == null);
        update();
        if (attempt.error != null) {
            tell(listener -> listener.onFailure(new ItemFailure(id, attempts, attempt.error.toString())));
        }
    }

    private void writeCheckpoint() throws IOException {
        if (sinceCheckpoint > 0) {
            checkpoint.force();
            sinceCheckpoint = 0;
            checkpoints++;
            counts.checkpoint();
            tell(listener -> listener.onCheckpoint(progress));
        }
    }

    private void writeOutput() throws IOException {
        Path partial = output.resolveSibling(output.getFileName() + ".partial");
        Files.write(partial, Arrays.asList(lines));
        Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Tells the listener; what it throws is its own affair. An evaluator with a log would log it. */
    private void tell(Consumer<EvaluationListener> event) {
        try {
            event.accept(job.listener());
        } catch (Throwable ignored) {
            // no log
        }
    }

    @Override
    public String id() {
        return job.id();
    }

    @Override
    public EvaluationProgress progress() {
        return progress;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public EvaluationReport await() throws InterruptedException {
        requireOtherThread();
        try {
            return report.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<EvaluationReport> await(Duration limit) throws InterruptedException {
        requireOtherThread();
        try {
            return Optional.of(report.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException running) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void requireOtherThread() {
        if (Thread.currentThread() == thread && !report.isDone()) {
            throw new IllegalStateException("job " + job.id() + " would wait for itself");
        }
    }

    /** Waits for the end, unless the job itself is the caller. */
    void awaitEnd() {
        if (Thread.currentThread() != thread) {
            report.join();
        }
    }
}

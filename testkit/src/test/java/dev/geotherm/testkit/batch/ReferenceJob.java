package dev.geotherm.testkit.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A job of a {@link ReferenceEvaluator}: threads that take batches in turn, and one lock for all that they write. */
final class ReferenceJob<I, O> implements Evaluation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReferenceEvaluator evaluator;
    private final EvaluationJob<I, O> job;
    private final Path output;
    private final ReferenceCheckpoint checkpoint;
    private final Set<Flaw> flaws;
    private final long start = System.nanoTime();
    private final List<Integer> missing;
    private final List<ItemFailure> firstFailures = new ArrayList<>();
    private final List<Thread> workers = new ArrayList<>();
    private final Object writing = new Object();
    private final Thread main;
    final AtomicInteger evaluating = new AtomicInteger();
    final AtomicLong busy = new AtomicLong();
    final int resumed;
    volatile int done;
    volatile int failed;
    volatile long batches;
    volatile long checkpoints;
    private final AtomicLong calls = new AtomicLong();
    private int unforced;
    private boolean stopped;
    private volatile Throwable error;
    private volatile EvaluationReport report;

    ReferenceJob(ReferenceEvaluator evaluator, EvaluationJob<I, O> job, Path output, ReferenceCheckpoint checkpoint)
            throws IOException {
        this.evaluator = evaluator;
        this.job = job;
        this.output = output;
        this.checkpoint = checkpoint;
        this.flaws = evaluator.flaws;
        resumed = checkpoint.lines.size();
        done = resumed;
        for (String line : checkpoint.lines.values()) {
            JsonNode told = JSON.readTree(line);
            if (told.get("status").textValue().equals("failed")) {
                count(new ItemFailure(
                        told.get("id").textValue(),
                        told.get("attempts").intValue(),
                        told.get("error").textValue()));
            }
        }
        Comparator<Integer> higher =
                Comparator.comparing(i -> -job.items().get(i).priority());
        Comparator<Integer> shorter =
                Comparator.comparing(i -> job.items().get(i).estimate());
        boolean sorted = job.mode() == EvaluationMode.PRIORITY && !flaws.contains(Flaw.PRIORITY_IS_IGNORED);
        missing = new ArrayList<>(IntStream.range(0, job.items().size())
                .boxed()
                .filter(i -> !checkpoint.lines.containsKey(i))
                .sorted(sorted ? higher.thenComparing(shorter) : Comparator.naturalOrder())
                .toList());
        boolean one = job.mode() == EvaluationMode.SEQUENTIAL && !flaws.contains(Flaw.SEQUENTIAL_TAKES_ALL_WORKERS);
        for (int i = 0; i < (one ? 1 : evaluator.tuning.workers()); i++) {
            workers.add(thread("worker-" + i, this::work));
        }
        main = thread("main", this::run);
    }

    private Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, "geotherm-" + evaluator.instance + "-" + name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        main.start();
    }

    private void run() {
        workers.forEach(Thread::start);
        workers.forEach(ReferenceJob::join);
        Status status = Status.FAILED;
        try {
            if (unforced > 0) {
                checkpoints++;
                tell(listener -> listener.onCheckpoint(progress()));
            }
            status = error == null ? write() : Status.FAILED;
        } catch (IOException | RuntimeException e) {
            error = new IOException("cannot write " + output, e);
        }
        evaluator.release(output);
        report = new EvaluationReport(
                job.id(),
                status,
                progress(),
                batches,
                calls.get() - batches,
                checkpoints,
                firstFailures,
                Optional.ofNullable(error).map(Throwable::toString));
    }

    private Status write() throws IOException {
        if (done < job.items().size()) {
            return Status.CANCELLED;
        }
        Path partial = output.resolveSibling(output.getFileName() + ".partial");
        Stream<String> lines = checkpoint.lines.values().stream();
        if (flaws.contains(Flaw.FAILURES_GO_TO_THE_END)) {
            lines = lines.sorted(Comparator.comparing(line -> line.contains("\"status\":\"failed\"")));
        }
        Files.writeString(partial, lines.collect(Collectors.joining()));
        Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE);
        boolean stays = job.keepCheckpoint() && !flaws.contains(Flaw.KEPT_CHECKPOINT_IS_DELETED);
        if (!stays && !flaws.contains(Flaw.CHECKPOINT_STAYS)) {
            Files.delete(ReferenceEvaluator.checkpoint(output));
        }
        return failed > 0 && !flaws.contains(Flaw.FAILURES_END_AS_COMPLETED)
                ? Status.COMPLETED_WITH_FAILURES
                : Status.COMPLETED;
    }

    private void work() {
        try {
            for (List<Integer> batch = take(); !batch.isEmpty(); batch = take()) {
                evaluate(batch);
            }
        } catch (IOException | VirtualMachineError | IllegalStateException e) {
            error = e;
            stop();
        }
    }

    private synchronized List<Integer> take() {
        List<Integer> head = missing.subList(0, Math.min(missing.size(), evaluator.tuning.batchSize()));
        List<Integer> batch = stopped ? List.of() : List.copyOf(head);
        if (!stopped) {
            head.clear();
        }
        return batch;
    }

    private void evaluate(List<Integer> batch) throws IOException {
        Map<Integer, String> lines = new HashMap<>();
        Map<Integer, Throwable> failed = new HashMap<>();
        List<ItemFailure> failures = new ArrayList<>();
        if (batch.size() > 1) {
            call(batch, lines, failed);
        }
        if (flaws.contains(Flaw.ONE_FAILED_ITEM_FAILS_ITS_BATCH) && !failed.isEmpty() && batch.size() > 1) {
            lines.clear();
            failed.clear();
        }
        for (int index : batch) {
            if (!lines.containsKey(index)) {
                evaluateAlone(index, batch.size(), lines, failed, failures);
            }
        }
        synchronized (writing) {
            for (int index : batch) {
                checkpoint.add(index, lines.get(index));
            }
            done += batch.size();
            batches++;
            failures.forEach(this::count);
            synchronized (flaws.contains(Flaw.LISTENER_UNDER_THE_LOCK) ? this : writing) {
                tell(failures, batch.size());
            }
        }
    }

    private void tell(List<ItemFailure> failures, int items) {
        failures.forEach(failure -> tell(listener -> listener.onFailure(failure)));
        Thread other = thread("other", () -> tell(listener -> listener.onCheckpoint(progress())));
        unforced += items;
        boolean checkpoint = unforced >= evaluator.tuning.checkpointEvery();
        if (checkpoint) {
            unforced = 0;
            checkpoints++;
        }
        if (checkpoint && flaws.contains(Flaw.LISTENER_HAS_TWO_CALLERS)) {
            other.start();
        }
        tell(listener -> listener.onBatch(progress()));
        if (checkpoint && flaws.contains(Flaw.LISTENER_HAS_TWO_CALLERS)) {
            join(other);
        } else if (checkpoint) {
            other.run();
        }
    }

    private void evaluateAlone(
            int index,
            int together,
            Map<Integer, String> lines,
            Map<Integer, Throwable> failed,
            List<ItemFailure> failures)
            throws IOException {
        int attempts = failed.containsKey(index) ? 1 : 0;
        while (!lines.containsKey(index) && attempts <= evaluator.tuning.maxRetries()) {
            attempts++;
            Throwable whole = call(List.of(index), lines, failed);
            if (whole != null) {
                failed.put(index, whole);
            }
        }
        if (!lines.containsKey(index)) {
            EvaluationItem<I> item = job.items().get(index);
            Throwable last = failed.get(index);
            int told = flaws.contains(Flaw.ATTEMPTS_IN_A_BATCH_ARE_COUNTED) && together > 1 ? attempts + 1 : attempts;
            String error = last.getClass().getName() + ": " + last.getMessage();
            failures.add(new ItemFailure(item.id(), told, error));
            lines.put(
                    index,
                    line(JSON.createObjectNode()
                            .put("id", item.id())
                            .put("status", "failed")
                            .put("attempts", told)
                            .put("error", error)));
        }
    }

    /** Adds the line or the failure of each item, or adds none and returns the failure of the batch. */
    private Throwable call(List<Integer> indexes, Map<Integer, String> lines, Map<Integer, Throwable> failed) {
        List<EvaluationItem<I>> items =
                indexes.stream().map(index -> job.items().get(index)).toList();
        calls.incrementAndGet();
        evaluating.incrementAndGet();
        long began = System.nanoTime();
        try {
            List<ItemResult<O>> results = job.function().evaluateEach(items);
            if (results.size() != items.size() && !flaws.contains(Flaw.MISSING_RESULTS_PASS)) {
                throw new IllegalStateException(results.size() + " results for " + items.size() + " items");
            }
            for (int i = 0; i < items.size(); i++) {
                ItemResult<O> result = i < results.size() ? results.get(i) : results.get(0);
                try {
                    lines.put(indexes.get(i), line(items.get(i), result));
                } catch (Exception e) {
                    failed.put(indexes.get(i), e);
                }
            }
            return null;
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Exception | Error e) {
            return e;
        } finally {
            busy.addAndGet(System.nanoTime() - began);
            evaluating.decrementAndGet();
            Thread.interrupted();
        }
    }

    private String line(EvaluationItem<I> item, ItemResult<O> result) throws Exception {
        if (result instanceof ItemResult.Failure<O> failure) {
            throw (Exception) failure.error();
        }
        JsonNode value = job.serializer().toJson(((ItemResult.Success<O>) result).value());
        if (value == null) {
            throw new IllegalStateException("a result is null");
        }
        return line(
                JSON.createObjectNode().put("id", item.id()).put("status", "ok").set("value", value));
    }

    private static String line(JsonNode object) throws IOException {
        return new String(JSON.writeValueAsBytes(object), StandardCharsets.UTF_8) + "\n";
    }

    private void count(ItemFailure failure) {
        failed++;
        if (firstFailures.size() < 100) {
            firstFailures.add(failure);
        }
    }

    private void tell(Consumer<EvaluationListener> event) {
        try {
            event.accept(job.listener());
        } catch (RuntimeException | Error e) {
            if (flaws.contains(Flaw.LISTENER_STOPS_THE_JOB)) {
                throw new IllegalStateException(e);
            }
        }
    }

    synchronized void stop() {
        stopped = true;
    }

    void join() {
        if (!isOwn()) {
            join(main);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isOwn() {
        return Thread.currentThread() == main || workers.contains(Thread.currentThread());
    }

    @Override
    public String id() {
        return job.id();
    }

    @Override
    public EvaluationProgress progress() {
        return report != null
                ? report.progress()
                : new EvaluationProgress(
                        job.items().size(), done, failed, resumed, Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void cancel() {
        if (!flaws.contains(Flaw.CANCEL_IS_IGNORED)) {
            stop();
        }
    }

    @Override
    public EvaluationReport await() throws InterruptedException {
        return await(Duration.ofDays(1)).orElseThrow();
    }

    @Override
    public Optional<EvaluationReport> await(Duration limit) throws InterruptedException {
        if (isOwn()) {
            throw new IllegalStateException("would wait for itself");
        }
        if (!limit.isZero()) {
            main.join(limit.toMillis());
        }
        return main.isAlive() ? Optional.empty() : Optional.of(report);
    }
}

package dev.geotherm.testkit.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluatorMetrics;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A minimal in-memory evaluator that passes the contract unless it is created with flaws. */
final class ReferenceEvaluator implements BatchEvaluator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Path> RUNNING = ConcurrentHashMap.newKeySet();

    final String instance;
    final Tuning tuning;
    final Set<Flaw> flaws;
    final List<ReferenceJob<?, ?>> jobs = new CopyOnWriteArrayList<>();
    private final Set<Path> mine = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ReferenceEvaluator(String instance, Tuning tuning, Set<Flaw> flaws) {
        this.instance = instance;
        this.tuning = tuning;
        this.flaws = flaws;
    }

    @Override
    public synchronized <I, O> Evaluation start(EvaluationJob<I, O> job) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        Path output = real(job.output().toAbsolutePath().normalize());
        Set<String> ids = new HashSet<>();
        for (EvaluationItem<I> item : job.items()) {
            if (!ids.add(item.id()) && !flaws.contains(Flaw.DUPLICATE_IDS_PASS)) {
                throw new EvaluationException("the corpus contains twice: " + item.id());
            }
        }
        if (!Files.isDirectory(output.getParent()) || Files.isDirectory(output)) {
            throw new EvaluationException("cannot write " + output);
        }
        boolean shared = flaws.contains(Flaw.OUTPUT_IS_SHARED);
        if (mine.contains(output) && !shared) {
            throw new IllegalStateException("a job writes " + output + " at the moment");
        }
        if (!RUNNING.add(output) && !shared) {
            throw new EvaluationException("another evaluator writes " + output + ", with " + checkpoint(output));
        }
        mine.add(output);
        try {
            List<List<String>> corpus = job.items().stream()
                    .map(item -> List.of(item.id(), item.input().toString()))
                    .toList();
            ReferenceJob<I, O> running = new ReferenceJob<>(
                    this,
                    job,
                    output,
                    new ReferenceCheckpoint(checkpoint(output), job.id(), JSON.writeValueAsBytes(corpus), flaws));
            if (flaws.contains(Flaw.OUTPUT_GROWS_IN_PLACE)) {
                Files.writeString(output, "");
            }
            jobs.add(running);
            running.start();
            return running;
        } catch (IOException | EvaluationException e) {
            release(output);
            throw e instanceof EvaluationException known
                    ? known
                    : new EvaluationException("cannot use " + checkpoint(output), e);
        }
    }

    private static Path real(Path output) {
        try {
            return Files.exists(output) ? output.toRealPath() : output;
        } catch (IOException e) {
            throw new EvaluationException("cannot write " + output, e);
        }
    }

    static Path checkpoint(Path output) {
        return output.resolveSibling(output.getFileName() + ".checkpoint");
    }

    void release(Path output) {
        mine.remove(output);
        RUNNING.remove(output);
    }

    @Override
    public EvaluatorMetrics metrics() {
        List<ReferenceJob<?, ?>> all = new ArrayList<>(jobs);
        long batches = all.stream().mapToLong(job -> job.batches).sum();
        return new EvaluatorMetrics(
                all.size(),
                mine.size(),
                all.stream()
                        .mapToLong(job -> job.progress().done() - job.resumed)
                        .sum(),
                all.stream().mapToLong(job -> job.failed).sum(),
                all.stream().mapToLong(job -> job.resumed).sum(),
                batches,
                all.stream().mapToLong(job -> job.checkpoints).sum(),
                all.stream().mapToInt(job -> job.evaluating.get()).sum(),
                Duration.ofNanos(all.stream().mapToLong(job -> job.busy.get()).sum()),
                batches == 0 ? Distribution.EMPTY : new Distribution(batches, 1, 1, 1, 1, 1, 1));
    }

    @Override
    public void close() {
        closed = true;
        jobs.forEach(ReferenceJob::stop);
        if (!flaws.contains(Flaw.CLOSE_DOES_NOT_WAIT)) {
            jobs.forEach(ReferenceJob::join);
        }
    }
}

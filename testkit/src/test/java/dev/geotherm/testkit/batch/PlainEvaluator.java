package dev.geotherm.testkit.batch;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluatorMetrics;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** A deliberately plain evaluator: each job is a loop on one thread, whatever its mode. */
final class PlainEvaluator implements BatchEvaluator {
    private final Tuning tuning;
    private final ExecutorService threads;
    private final PlainCounts counts = new PlainCounts();

    /** The running jobs, by the real paths of their outputs. */
    private final Map<Path, PlainEvaluation<?, ?>> running = new ConcurrentHashMap<>();

    private boolean closed;

    PlainEvaluator(Tuning tuning, ComponentContext context) {
        this.tuning = tuning;
        this.threads = context.blockingExecutor("jobs");
    }

    @Override
    public synchronized <I, O> Evaluation start(EvaluationJob<I, O> job) {
        if (closed) {
            throw new IllegalStateException("the evaluator is closed");
        }
        requireDistinct(job.items());
        Path output = real(job.output());
        if (running.containsKey(output)) {
            throw new IllegalStateException("a job of this evaluator is writing " + output);
        }
        PlainCheckpoint checkpoint = PlainCheckpoint.open(output, job.id(), job.items());
        PlainEvaluation<I, O> evaluation =
                new PlainEvaluation<>(job, output, checkpoint, tuning, counts, () -> running.remove(output));
        running.put(output, evaluation);
        threads.execute(evaluation);
        return evaluation;
    }

    private static void requireDistinct(List<? extends EvaluationItem<?>> items) {
        Set<String> ids = new HashSet<>();
        for (EvaluationItem<?> item : items) {
            if (!ids.add(item.id())) {
                throw new EvaluationException("the corpus contains the id '" + item.id() + "' twice");
            }
        }
    }

    /** Returns the output without links. */
    private static Path real(Path output) {
        Path folder = output.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new EvaluationException("cannot write " + output + ": " + folder + " is not a folder");
        } else if (Files.isDirectory(output)) {
            throw new EvaluationException("cannot write " + output + ": it is a folder");
        }
        try {
            return Files.exists(output)
                    ? output.toRealPath()
                    : folder.toRealPath().resolve(output.getFileName());
        } catch (IOException unreadable) {
            throw new EvaluationException("cannot write " + output, unreadable);
        }
    }

    @Override
    public EvaluatorMetrics metrics() {
        return counts.metrics(running.size());
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        List<PlainEvaluation<?, ?>> left = List.copyOf(running.values());
        left.forEach(Evaluation::cancel);
        left.forEach(PlainEvaluation::awaitEnd);
        threads.shutdown();
    }
}

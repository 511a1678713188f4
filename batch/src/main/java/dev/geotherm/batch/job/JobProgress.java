package dev.geotherm.batch.job;

import dev.geotherm.api.batch.EvaluationProgress;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.ItemFailure;
import dev.geotherm.batch.output.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The thread-safe progress of one job: updated by the writer thread, read by any thread. */
final class JobProgress {
    private static final int MAX_REPORTED_FAILURES = 100;

    private final EvaluatorCounters counters;
    private final int total;
    private final long start = System.nanoTime();
    private final List<ItemFailure> firstFailures = new ArrayList<>();
    private int done;
    private int failed;
    private int resumed;
    private long batches;
    private long retries;
    private long checkpoints;

    JobProgress(int total, EvaluatorCounters counters) {
        this.total = total;
        this.counters = counters;
    }

    /** Counts an outcome from the checkpoint. */
    synchronized void addResumed(Outcome outcome, String id) throws IOException {
        resumed++;
        count(outcome, id);
    }

    /** Counts the outcomes of a batch, and returns its failures. */
    synchronized List<ItemFailure> addBatch(BatchRunner.Result result, List<String> ids) throws IOException {
        List<ItemFailure> failures = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            ItemFailure failure = count(result.outcomes().get(i), ids.get(i));
            if (failure != null) {
                failures.add(failure);
            }
        }
        batches++;
        retries += result.retries();
        counters.batches.increment();
        counters.items.add(ids.size());
        counters.failedItems.add(failures.size());
        return failures;
    }

    private @Nullable ItemFailure count(Outcome outcome, String id) throws IOException {
        done++;
        if (!outcome.failed()) {
            return null;
        }
        failed++;
        ItemFailure failure = outcome.failure(id);
        if (firstFailures.size() < MAX_REPORTED_FAILURES) {
            firstFailures.add(failure);
        }
        return failure;
    }

    synchronized void addCheckpoint() {
        checkpoints++;
        counters.checkpoints.increment();
    }

    synchronized boolean isComplete() {
        return done == total;
    }

    synchronized boolean hasFailures() {
        return failed > 0;
    }

    synchronized EvaluationProgress now() {
        return new EvaluationProgress(total, done, failed, resumed, Duration.ofNanos(System.nanoTime() - start));
    }

    synchronized EvaluationReport report(String id, EvaluationReport.Status status, @Nullable String error) {
        return new EvaluationReport(
                id, status, now(), batches, retries, checkpoints, firstFailures, Optional.ofNullable(error));
    }
}

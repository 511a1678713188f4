package dev.geotherm.streaming;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.streaming.sizing.BatchSizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The batches that workers process, and the rules for their fragments when a batch ends. Guarded by the queue's monitor.
 *
 * <p>A batch is ended by whoever removes it from here: its worker, the timer or close. So each fragment has one
 * outcome, no matter how late a processor returns.
 */
final class RunningBatches<T> {
    private static final double SECONDS_PER_NANO = 1e-9;

    private final String pipeline;
    private BatchSizer sizer;
    private BatchSizing sizing;
    private final Lanes<T> lanes;
    private final PipelineCounters counters;
    private final EventDispatcher<T> dispatcher;
    private final List<RunningBatch<T>> running = new ArrayList<>();

    RunningBatches(
            String pipeline,
            BatchSettings settings,
            Lanes<T> lanes,
            PipelineCounters counters,
            EventDispatcher<T> dispatcher) {
        this.pipeline = pipeline;
        this.sizing = settings.batchSizing();
        this.sizer = sizing.sizer(settings.bounds());
        this.lanes = lanes;
        this.counters = counters;
        this.dispatcher = dispatcher;
    }

    /** Takes a batch from the lanes, which are not empty. */
    RunningBatch<T> start(Thread worker, long now) {
        RunningBatch<T> batch = new RunningBatch<>(lanes.take(sizer.maxFragments(), sizer.maxCost()), worker, now);
        for (PendingFragment<T> fragment : batch.pending) {
            fragment.attempts++;
            counters.queueWait.record(now - fragment.queuedNanos);
        }
        running.add(batch);
        return batch;
    }

    /** Ends a batch whose processor has returned or thrown, unless it was ended before. */
    void finish(
            RunningBatch<T> batch,
            @Nullable Throwable thrown,
            long now,
            LanePipelinesSettings settings,
            List<Completion<T>> completions) {
        if (running.contains(batch)) {
            end(batch, thrown, false, now, settings, completions);
        }
    }

    /** Ends overdue batches, and returns the nanoseconds until the next one is due. */
    long endOverdue(long now, LanePipelinesSettings settings, List<Completion<T>> completions) {
        long timeout = settings.batches().timeoutNanos();
        long nearest = timeout;
        for (RunningBatch<T> batch : List.copyOf(running)) {
            long left = timeout - (now - batch.startedNanos);
            if (left <= 0) {
                end(batch, overdue(settings.batches().batchTimeout()), true, now, settings, completions);
                batch.worker.interrupt();
            } else {
                nearest = Math.min(nearest, left);
            }
        }
        return nearest;
    }

    /** Turns all running and waiting fragments into dead letters, and interrupts busy workers. */
    void abort(long now, @Nullable Throwable failure, List<Completion<T>> completions) {
        for (RunningBatch<T> batch : running) {
            recordBatch(batch.pending.size(), batch.pending.size(), now - batch.startedNanos);
            batch.pending.forEach(
                    one -> completions.add(deadLetter(one, unfinished(one, "still in a batch", failure))));
            batch.worker.interrupt();
        }
        running.clear();
        lanes.takeAll().forEach(one -> completions.add(deadLetter(one, unfinished(one, "still waiting", failure))));
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    private int fragments() {
        return running.stream().mapToInt(batch -> batch.pending.size()).sum();
    }

    /** Returns the total time that the batches have taken so far. */
    long busyNanos(long now) {
        return running.stream().mapToLong(batch -> now - batch.startedNanos).sum();
    }

    BatchSizer sizer() {
        return sizer;
    }

    void addTo(MetricsBuilder<PipelineMetrics> metrics) {
        metrics.set("inFlight", fragments())
                .set("batchSize", sizer.usualFragments())
                .set("batchSizeReason", sizer.reason())
                .set("fixedTime", Duration.ofNanos((long) sizer.fixedNanos()))
                .set("timePerCost", sizer.nanosPerCost() * SECONDS_PER_NANO);
    }

    /** Applies other settings. Another sizing rule starts without knowledge. */
    void reconfigure(BatchSettings settings) {
        if (settings.batchSizing() == sizing) {
            sizer.reconfigure(settings.bounds());
        } else {
            sizing = settings.batchSizing();
            sizer = sizing.sizer(settings.bounds());
        }
    }

    private void end(
            RunningBatch<T> batch,
            @Nullable Throwable thrown,
            boolean timedOut,
            long now,
            LanePipelinesSettings settings,
            List<Completion<T>> completions) {
        long took = now - batch.startedNanos;
        int size = batch.pending.size();
        running.remove(batch);
        counters.timeouts += timedOut ? 1 : 0;
        if ((thrown == null && !batch.pending.get(0).isolated) || timedOut) {
            sizer.learn(size, (double) batch.cost, took);
        }
        recordBatch(size, thrown == null ? batch.failures.size() : size, took);
        for (int i = size - 1; i >= 0; i--) { // backwards, so that fragments put back keep their order
            PendingFragment<T> fragment = batch.pending.get(i);
            Throwable own = timedOut ? null : batch.failures.get(fragment);
            if (own != null) {
                fail(fragment, own, true, now, settings.maxRetries(), completions);
            } else if (thrown != null) {
                fail(fragment, thrown, size == 1, now, settings.maxRetries(), completions);
            } else {
                counters.processed++;
                completions.add(new Completion<>(fragment, new Outcome.Processed(fragment.attempts)));
            }
        }
    }

    private void recordBatch(int size, int failed, long took) {
        counters.batchTime.record(took);
        counters.busyNanos += took;
        counters.batches++;
        dispatcher.add(listener -> listener.onBatch(size, failed, Duration.ofNanos(took)));
    }

    private void fail(
            PendingFragment<T> fragment,
            Throwable error,
            boolean own,
            long now,
            int maxRetries,
            List<Completion<T>> completions) {
        fragment.error = error;
        fragment.queuedNanos = now;
        if (!own) {
            fragment.isolated = true;
            lanes.putBack(fragment);
        } else if (fragment.failures < maxRetries) {
            fragment.failures++;
            fragment.lane = fragment.lane.lower();
            lanes.add(fragment);
        } else {
            completions.add(deadLetter(fragment, error));
            return;
        }
        counters.retried++;
    }

    private Completion<T> deadLetter(PendingFragment<T> fragment, Throwable error) {
        counters.dead++;
        DeadLetter<T> letter = new DeadLetter<>(fragment.fragment, fragment.attempts, error);
        dispatcher.add(listener -> listener.onDeadLetter(letter));
        return new Completion<>(fragment, new Outcome.Dead(fragment.attempts, error));
    }

    private TimeoutException overdue(Duration timeout) {
        return new TimeoutException("a batch of pipeline " + pipeline + " exceeded the batch timeout of "
                + timeout.toMillis() + " ms and was interrupted");
    }

    private Throwable unfinished(PendingFragment<T> fragment, String where, @Nullable Throwable failure) {
        if (fragment.error != null) {
            return fragment.error; // more informative than that no time was left for another attempt
        }
        return new IllegalStateException(
                "pipeline " + pipeline + " was closed while fragment " + fragment.fragment.id() + " was " + where,
                failure);
    }
}

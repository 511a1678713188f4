package dev.geotherm.streaming;

import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The batches in the hands of workers, and what becomes of their fragments when they end; guarded by the queue's lock.
 *
 * <p>A batch is ended by whoever removes it from here: its worker, the timer or close. So each fragment has one outcome,
 * however late a processor returns.
 */
final class RunningBatches<T> {
    private final String pipeline;
    private final BatchSize batchSize;
    private final Lanes<T> lanes;
    private final PipelineCounters counters;
    private final EventDispatcher<T> dispatcher;
    private final List<RunningBatch<T>> running = new ArrayList<>();

    RunningBatches(String pipeline, BatchSize batchSize, Lanes<T> lanes, PipelineCounters counters, EventDispatcher<T> dispatcher) {
        this.pipeline = pipeline;
        this.batchSize = batchSize;
        this.lanes = lanes;
        this.counters = counters;
        this.dispatcher = dispatcher;
    }

    void begin(RunningBatch<T> work) {
        running.add(work);
        work.entries.forEach(entry -> entry.attempts++);
    }

    /** Ends a batch whose processor has returned or thrown, unless it was ended before. */
    void finish(
            RunningBatch<T> work,
            @Nullable Throwable thrown,
            long now,
            LanePipelinesSettings settings,
            List<Completion<T>> completions) {
        if (running.contains(work)) {
            end(work, thrown, false, now, settings, completions);
        }
    }

    /** Ends the batches that are overdue, and returns the nanoseconds until the next one will be. */
    long endOverdue(long now, LanePipelinesSettings settings, List<Completion<T>> completions) {
        long timeout = TimeUnit.NANOSECONDS.convert(settings.batchTimeout());
        long nearest = timeout;
        for (RunningBatch<T> work : List.copyOf(running)) {
            long left = timeout - (now - work.startedNanos);
            if (left <= 0) {
                end(work, overdue(settings.batchTimeout()), true, now, settings, completions);
                work.worker.interrupt();
            } else {
                nearest = Math.min(nearest, left);
            }
        }
        return nearest;
    }

    /** Makes dead letters of everything that runs or waits, and interrupts busy workers. */
    void abandon(long now, @Nullable Throwable death, List<Completion<T>> completions) {
        for (RunningBatch<T> work : running) {
            noteBatch(work.entries.size(), work.entries.size(), now - work.startedNanos);
            work.entries.forEach(entry -> completions.add(bury(entry, leftOver(entry, "still in a batch", death))));
            work.worker.interrupt();
        }
        running.clear();
        lanes.takeAll().forEach(entry -> completions.add(bury(entry, leftOver(entry, "still waiting", death))));
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /** Returns how many fragments are in the batches. */
    int fragments() {
        return running.stream().mapToInt(work -> work.entries.size()).sum();
    }

    /** Returns how long the batches have taken until now, all together. */
    long busyNanos(long now) {
        return running.stream().mapToLong(work -> now - work.startedNanos).sum();
    }

    int batchSize() {
        return batchSize.get();
    }

    void limit(LanePipelinesSettings settings) {
        batchSize.limit(settings);
    }

    private void end(
            RunningBatch<T> work,
            @Nullable Throwable thrown,
            boolean timedOut,
            long now,
            LanePipelinesSettings settings,
            List<Completion<T>> completions) {
        long took = now - work.startedNanos;
        int size = work.entries.size();
        running.remove(work);
        counters.timeouts += timedOut ? 1 : 0;
        if ((thrown == null && !work.entries.get(0).alone) || timedOut) {
            batchSize.learn(size, took, settings);
        }
        noteBatch(size, thrown == null ? work.failures.size() : size, took);
        for (int i = size - 1; i >= 0; i--) { // backwards, so that what is put back keeps its order
            PendingFragment<T> entry = work.entries.get(i);
            Throwable own = timedOut ? null : work.failures.get(entry);
            if (own != null) {
                fail(entry, own, true, settings.maxRetries(), completions);
            } else if (thrown != null) {
                fail(entry, thrown, size == 1, settings.maxRetries(), completions);
            } else {
                counters.processed++;
                completions.add(new Completion<>(entry, new Outcome.Processed(entry.attempts)));
            }
        }
    }

    private void noteBatch(int size, int failed, long took) {
        counters.busyNanos += took;
        counters.batches++;
        dispatcher.note(listener -> listener.onBatch(size, failed, Duration.ofNanos(took)));
    }

    private void fail(PendingFragment<T> entry, Throwable error, boolean own, int maxRetries, List<Completion<T>> completions) {
        entry.error = error;
        if (!own) {
            entry.alone = true;
            lanes.putBack(entry);
        } else if (entry.failures < maxRetries) {
            entry.failures++;
            entry.lane = entry.lane.lower();
            lanes.add(entry);
        } else {
            completions.add(bury(entry, error));
            return;
        }
        counters.retried++;
    }

    private Completion<T> bury(PendingFragment<T> entry, Throwable error) {
        counters.dead++;
        DeadLetter<T> letter = new DeadLetter<>(entry.fragment, entry.attempts, error);
        dispatcher.note(listener -> listener.onDeadLetter(letter));
        return new Completion<>(entry, new Outcome.Dead(entry.attempts, error));
    }

    private TimeoutException overdue(Duration timeout) {
        return new TimeoutException("a batch of pipeline " + pipeline + " took longer than the batch timeout of "
                + timeout.toMillis() + " ms and was interrupted");
    }

    private Throwable leftOver(PendingFragment<T> entry, String where, @Nullable Throwable death) {
        if (entry.error != null) {
            return entry.error; // of more use than that there was no time for another try
        }
        return new IllegalStateException(
                "pipeline " + pipeline + " was closed while fragment " + entry.fragment.id() + " was " + where, death);
    }
}

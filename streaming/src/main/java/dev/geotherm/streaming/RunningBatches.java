package dev.geotherm.streaming;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.FailureKind;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.streaming.sizing.BatchSizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches that workers process, and the rules for their fragments when a batch ends. Guarded by the queue's monitor.
 *
 * <p>A batch is ended by whoever removes it from here: its worker, the timer or close. So each fragment has one
 * outcome, no matter how late a processor returns.
 */
final class RunningBatches<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RunningBatches.class);
    private static final double SECONDS_PER_NANO = 1e-9;

    /** The time that a processor has to return after it was interrupted, or the batch timeout if that is shorter. */
    private static final long LONGEST_RETURN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PipelineSpec<T> spec;
    private final Lanes<T> lanes;
    private final CircuitBreaker breaker;
    private final FailureRules<T> failures;
    private final PipelineCounters counters;
    private final EventDispatcher<T> dispatcher;
    private final List<RunningBatch<T>> running = new ArrayList<>();

    /** The batches that have exceeded the timeout, and whose processor has not returned yet. */
    private final List<RunningBatch<T>> overdue = new ArrayList<>();

    private int stuck;
    private BatchSizer sizer;
    private BatchSizing sizing;

    RunningBatches(
            PipelineSpec<T> spec,
            BatchSettings settings,
            Lanes<T> lanes,
            CircuitBreaker breaker,
            FailureRules<T> failures,
            PipelineCounters counters,
            EventDispatcher<T> dispatcher) {
        this.spec = spec;
        this.lanes = lanes;
        this.breaker = breaker;
        this.failures = failures;
        this.counters = counters;
        this.dispatcher = dispatcher;
        this.sizing = settings.batchSizing();
        this.sizer = sizing.sizer(settings.bounds());
    }

    /** Returns how long no batch can start: 0 or less if one can now, {@link Long#MAX_VALUE} if it depends on an event. */
    long nanosUntilStart(long now, BatchSettings settings, boolean closing) {
        if (closing) {
            lanes.moveDelayed(); // little time is left
        } else {
            lanes.moveDue(now);
        }
        long ready = lanes.ready() == 0
                ? Long.MAX_VALUE
                : closing || isWorthIt(settings) ? 0 : settings.lingerNanos() - (now - lanes.oldestNanos(now));
        return Math.max(breaker.nanosUntilAdmission(now), Math.min(ready, lanes.nanosUntilDue(now)));
    }

    /** Returns whether the fragments that are ready do not wait for others. */
    private boolean isWorthIt(BatchSettings settings) {
        return settings.linger().isZero()
                || lanes.hasGroups()
                || lanes.ready() >= sizer.maxFragments()
                || lanes.cost() >= sizer.maxCost();
    }

    /** Takes a batch from the lanes, in which a fragment is ready; in an outage, a single fragment or group as a trial. */
    RunningBatch<T> start(Thread worker, long now) {
        boolean trial = breaker.started();
        List<PendingFragment<T>> taken = lanes.take(trial ? 1 : sizer.maxFragments(), sizer.maxCost());
        RunningBatch<T> batch = new RunningBatch<>(taken, trial, spec.classifier(), worker, now);
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
            @Nullable Failure failure,
            long now,
            LanePipelinesSettings settings,
            List<Completion<T>> completions) {
        if (overdue.remove(batch)) {
            stuck -= batch.stuck ? 1 : 0;
            batch.stuck = false;
        } else if (running.contains(batch)) {
            end(batch, failure, false, now, settings, completions);
        }
    }

    /**
     * Ends overdue batches, and finds workers that are stuck because their processor does not return.
     *
     * @return the nanoseconds until the next check; {@link Long#MAX_VALUE} if none is needed
     */
    long endOverdue(long now, LanePipelinesSettings settings, List<Completion<T>> completions) {
        long timeout = settings.batches().timeoutNanos();
        long nearest = running.isEmpty() ? Long.MAX_VALUE : timeout;
        for (RunningBatch<T> batch : List.copyOf(running)) {
            long left = timeout - (now - batch.startedNanos);
            if (left <= 0) {
                end(batch, overdue(batch, settings.batches().batchTimeout()), true, now, settings, completions);
                overdue.add(batch);
                batch.worker.interrupt();
            } else {
                nearest = Math.min(nearest, left);
            }
        }
        long longest = timeout + Math.min(timeout, LONGEST_RETURN_NANOS);
        for (RunningBatch<T> batch : overdue) {
            long left = batch.stuck ? Long.MAX_VALUE : longest - (now - batch.startedNanos);
            if (left <= 0) {
                batch.stuck = true;
                stuck++;
                dispatcher.add(listener -> LOG.warn(
                        "Pipeline {}: the processor in {} ignores interrupts and is stuck",
                        spec.name(),
                        batch.worker.getName()));
            } else {
                nearest = Math.min(nearest, left);
            }
        }
        return nearest;
    }

    /** Returns the number of workers that are stuck. */
    int stuck() {
        return stuck;
    }

    /** Turns all running and waiting fragments into dead letters, and interrupts busy workers. */
    void abort(long now, @Nullable Throwable failure, List<Completion<T>> completions) {
        for (RunningBatch<T> batch : running) {
            recordBatch(batch.pending.size(), batch.pending.size(), now - batch.startedNanos);
            batch.pending.forEach(
                    one -> completions.add(failures.deadLetter(one, unfinished(one, "still in a batch", failure))));
            batch.worker.interrupt();
        }
        overdue.forEach(batch -> batch.worker.interrupt());
        running.clear();
        lanes.takeAll()
                .forEach(one -> completions.add(failures.deadLetter(one, unfinished(one, "still waiting", failure))));
    }

    private int fragments() {
        return running.stream().mapToInt(batch -> batch.pending.size()).sum();
    }

    /** Returns the total time that the batches have taken so far. */
    long busyNanos(long now) {
        return running.stream().mapToLong(batch -> now - batch.startedNanos).sum();
    }

    void addTo(MetricsBuilder<PipelineMetrics> metrics) {
        metrics.set("inFlight", fragments())
                .set("stuckWorkers", stuck)
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
            @Nullable Failure failure,
            boolean timedOut,
            long now,
            LanePipelinesSettings settings,
            List<Completion<T>> completions) {
        long took = now - batch.startedNanos;
        int size = batch.pending.size();
        Failure outage = failure != null && failures.isOutage(batch, failure) ? failure : null;
        running.remove(batch);
        counters.timeouts += timedOut ? 1 : 0;
        if (outage != null) {
            failures.open(batch, outage, now, settings.retries());
        } else {
            failures.close(batch, now);
        }
        if ((failure == null || timedOut) && !batch.trial && batch.pending.get(0).group == 0) {
            sizer.learn(size, (double) batch.cost, took);
        }
        recordBatch(size, failure == null ? batch.failures.size() : size, took);
        long firstHalf = failures.nextGroup();
        long secondHalf = failures.nextGroup();
        for (int i = size - 1; i >= 0; i--) { // backwards, so that fragments put back keep their order
            PendingFragment<T> fragment = batch.pending.get(i);
            Failure own = timedOut ? null : batch.failures.get(fragment);
            if (outage != null && (own == null || own.isUnavailable())) {
                failures.hold(fragment, batch.trial, outage.error(), now);
            } else if (own != null) {
                failures.fail(fragment, own, now, settings.retries(), completions);
            } else if (failure != null && size == 1) {
                failures.fail(fragment, failure, now, settings.retries(), completions);
            } else if (failure != null) {
                failures.putBack(fragment, i < (size + 1) / 2 ? firstHalf : secondHalf, failure.error(), now);
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

    /** Returns the failure of a batch that has exceeded the timeout; a trial that hangs shows that the outage continues. */
    private Failure overdue(RunningBatch<T> batch, Duration timeout) {
        return new Failure(
                new TimeoutException("a batch of pipeline " + spec.name() + " exceeded the batch timeout of "
                        + timeout.toMillis() + " ms and was interrupted"),
                batch.trial ? FailureKind.UNAVAILABLE : FailureKind.FRAGMENT);
    }

    private Throwable unfinished(PendingFragment<T> fragment, String where, @Nullable Throwable failure) {
        if (fragment.error != null) {
            return fragment.error; // more informative than that no time was left for another attempt
        }
        return new IllegalStateException(
                "pipeline " + spec.name() + " was closed while fragment " + fragment.fragment.id() + " was " + where,
                failure);
    }
}

package dev.geotherm.streaming;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.FailureKind;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.WorkersReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
// Long because each way in which a batch can end is here: success, failure, timeout, expiry and close.
final class RunningBatches<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RunningBatches.class);
    private static final Outcome FIRST_ATTEMPT = new Outcome.Processed(1);

    /** The time that a processor has to return after it was interrupted, if the batch timeout is not shorter. */
    private static final long LONGEST_RETURN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PipelineSpec<T> spec;
    private final FragmentSlots<T> slots;
    private final Lanes<T> lanes;
    private final CircuitBreaker breaker;
    private final FailureRules<T> failures;
    private final PipelineCounters counters;
    private final EventDispatcher<T> dispatcher;
    private final RequestLimit limit;
    private final WorkerLimit workers;
    private final Departures<T> departures;
    private final boolean reportsBatches;
    private final ArrayList<RunningBatch<T>> running = new ArrayList<>();
    private final CurrentSizing sizing;
    private final SojournForecast<T> forecast;

    /** The batches that have exceeded the timeout, and whose processor has not returned yet. */
    private final ArrayList<RunningBatch<T>> overdue = new ArrayList<>();

    /** The number of fragments of the largest batch so far: no group is larger. */
    private int largest;

    private int stuck;

    RunningBatches(
            PipelineSpec<T> spec,
            BatchSettings settings,
            FragmentSlots<T> slots,
            Lanes<T> lanes,
            CircuitBreaker breaker,
            FailureRules<T> failures,
            PipelineCounters counters,
            EventDispatcher<T> dispatcher,
            RequestLimit limit,
            WorkerLimit workers,
            Departures<T> departures) {
        this.spec = spec;
        this.slots = slots;
        this.lanes = lanes;
        this.breaker = breaker;
        this.failures = failures;
        this.counters = counters;
        this.dispatcher = dispatcher;
        this.limit = limit;
        this.workers = workers;
        this.departures = departures;
        this.reportsBatches = Overrides.method(spec.listener(), "onBatch", int.class, int.class, Duration.class);
        this.sizing = new CurrentSizing(settings, limit);
        this.forecast = new SojournForecast<>(lanes, running, sizing, limit, breaker);
    }

    /** Returns the nanoseconds until a batch can start: 0 or less if now, {@link Long#MAX_VALUE} if that depends on an event. */
    long nanosUntilStart(long now, BatchSettings settings, boolean closing) {
        if (closing) {
            lanes.moveDelayed(); // little time is left
        } else {
            lanes.moveDue(now);
        }
        long ready = lanes.ready() == 0
                ? Long.MAX_VALUE
                : closing || needNotLinger(settings) ? 0 : settings.lingerNanos() - lanes.age(now);
        return Math.max(breaker.nanosUntilAdmission(now), Math.min(ready, lanes.nanosUntilDue(now)));
    }

    /** Returns whether a batch of the ready fragments need not wait for more. */
    private boolean needNotLinger(BatchSettings settings) {
        return settings.linger().isZero()
                || lanes.hasGroups()
                || lanes.ready() >= sizing.maxFragments()
                || lanes.cost() >= sizing.maxCost();
    }

    /** Returns the cost that the next batch can be expected to have. */
    double expectedCost() {
        return Math.min(lanes.cost(), sizing.maxCost());
    }

    /**
     * Moves a batch from the lanes, in which a fragment is ready, to a worker; in an outage, a single fragment or group as a trial.
     * Steps that can fail come first; if one does, nothing has changed.
     *
     * @param expiry the current time, with which deadlines are compared; null if no fragment has a deadline
     */
    void start(RunningBatch<T> batch, Thread worker, long now, @Nullable Instant expiry) {
        int most = Math.min(sizing.maxFragments(), lanes.ready());
        batch.prepare(lanes.hasGroups() ? Math.max(most, largest) : most);
        running.ensureCapacity(running.size() + 1);
        boolean trial = breaker.started();
        running.add(batch);
        lanes.take(batch, trial ? 1 : most, sizing.maxCost());
        batch.start(worker, trial, now);
        if (expiry != null) {
            batch.expire(expiry);
        }
        largest = Math.max(largest, batch.size());
        recordStart(batch, now);
    }

    private void recordStart(RunningBatch<T> batch, long now) {
        int same = 0;
        long last = 0;
        int blockNumber = FragmentBlock.of(batch.number(0));
        FragmentBlock<T> block = slots.block(batch.number(0));
        for (int i = 0; i < batch.size(); i++) {
            int number = batch.number(i);
            if (FragmentBlock.of(number) != blockNumber) {
                block = slots.block(number);
                blockNumber = FragmentBlock.of(number);
            }
            long queued = block.queuedNanos[FragmentBlock.index(number)];
            if (same > 0 && queued != last) {
                counters.queueWait.record(now - last, same);
                same = 0;
            }
            last = queued;
            same++;
        }
        counters.queueWait.record(now - last, same);
    }

    /**
     * Ends a batch after its processor returned or threw, unless it was ended before. If this fails, because the heap is full, call it
     * again.
     */
    void finish(RunningBatch<T> batch, long now, LanePipelinesSettings settings) {
        if (overdue.remove(batch)) {
            stuck -= batch.stuck ? 1 : 0;
            batch.stuck = false;
        } else if (running.contains(batch)) {
            end(batch, batch.failure(), false, now, settings, batch.settled);
        }
        batch.clear();
    }

    /**
     * Ends overdue batches, and finds workers that are stuck because their processor does not return. If this fails, because the heap
     * is full, call it again.
     *
     * @return the nanoseconds until the next check; {@link Long#MAX_VALUE} if none is needed
     */
    long endOverdue(long now, LanePipelinesSettings settings, SettledFragments<T> settled) {
        long timeout = settings.batches().timeoutNanos();
        long nearest = running.isEmpty() ? Long.MAX_VALUE : timeout;
        overdue.ensureCapacity(overdue.size() + running.size());
        for (int i = running.size() - 1; i >= 0; i--) {
            RunningBatch<T> batch = running.get(i);
            long left = timeout - (now - batch.startedNanos);
            if (left <= 0) {
                end(batch, overdue(batch, settings.batches().batchTimeout()), true, now, settings, settled);
                counters.timeouts++;
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
                dispatcher.add(listener -> LOG.warn(
                        "Pipeline {}: the processor in {} ignores interrupts and is stuck",
                        spec.name(),
                        batch.worker.getName()));
                batch.stuck = true;
                stuck++;
            } else {
                nearest = Math.min(nearest, left);
            }
        }
        return nearest;
    }

    SojournForecast<T> forecast() {
        return forecast;
    }

    CurrentSizing sizing() {
        return sizing;
    }

    /** Returns the number of workers that are stuck. */
    int stuck() {
        return stuck;
    }

    /**
     * Hands back all running and waiting fragments, or turns them into dead letters, and interrupts busy workers. If this fails,
     * because the heap is full, call it again.
     */
    void abort(long now, @Nullable Throwable failure, SettledFragments<T> settled) {
        while (!running.isEmpty()) {
            RunningBatch<T> batch = running.get(running.size() - 1);
            record(batch, batch.live(), now - batch.startedNanos);
            endExpired(batch, settled);
            while (batch.left > 0) {
                PendingFragment<T> fragment = batch.get(batch.left - 1);
                Throwable error = unfinished(fragment, "still in a batch", failure);
                settle(fragment, failures.unfinished(fragment, fragment.attempts + 1, error), settled);
                batch.left--;
            }
            batch.worker.interrupt();
            running.remove(running.size() - 1);
        }
        overdue.forEach(batch -> batch.worker.interrupt());
        lanes.moveDelayed();
        for (PendingFragment<T> first = lanes.first(); first != null; first = lanes.first()) {
            Outcome outcome = failures.unfinished(first, first.attempts, unfinished(first, "still waiting", failure));
            lanes.removeFirst();
            settle(first, outcome, settled);
        }
    }

    private int fragments() {
        return running.stream().mapToInt(batch -> batch.left).sum();
    }

    /** Returns the total time that the batches have taken so far. */
    long busyNanos(long now) {
        return running.stream().mapToLong(batch -> now - batch.startedNanos).sum();
    }

    void addTo(MetricsBuilder<PipelineMetrics> metrics) {
        metrics.set("inFlight", fragments()).set("stuckWorkers", stuck);
        sizing.addTo(metrics);
    }

    /**
     * Gives each fragment its outcome or puts it back. Each step is done completely or not at all, and is not repeated by a
     * second call.
     */
    private void end(
            RunningBatch<T> batch,
            @Nullable Failure failure,
            boolean timedOut,
            long now,
            LanePipelinesSettings settings,
            SettledFragments<T> settled) {
        int size = batch.live();
        endExpired(batch, settled);
        if (size == 0) {
            breaker.withdraw(batch.trial);
            running.remove(batch);
            return;
        }
        Failure outage = failure != null && failures.isOutage(batch, failure) ? failure : null;
        if (!batch.recorded) {
            long took = now - batch.startedNanos;
            if (outage != null) {
                failures.open(batch, outage, now, settings.retries());
                limit.holdFor(outage.retryAfter());
                workers.failed(WorkersReason.UNAVAILABLE, batch.startedNanos, now);
            } else {
                failures.close(batch, now);
            }
            record(batch, failure == null ? batch.failed() : size, took);
            if (timedOut && outage == null) {
                workers.failed(WorkersReason.TIMEOUT, batch.startedNanos, now);
            } else if (failure == null) {
                workers.succeeded();
            }
            if ((failure == null || timedOut) && !batch.trial && batch.get(0).group == 0) {
                sizing.learn(size, (double) batch.cost, took);
                forecast.learn((double) batch.cost, took);
            }
            batch.firstHalf = failures.nextGroup();
            batch.secondHalf = failures.nextGroup();
        }
        if (failure == null && batch.failed() == 0) {
            endProcessed(batch, settled);
        }
        while (batch.left > 0) { // backwards, so that fragments put back keep their order
            int i = batch.left - 1;
            PendingFragment<T> fragment = batch.get(i);
            Failure own = timedOut ? null : batch.failure(i);
            if (outage != null && (own == null || own.isUnavailable())) {
                failures.hold(fragment, batch.trial, outage.error());
            } else if (own != null) {
                failures.fail(fragment, own, now, settings.retries(), settled);
            } else if (failure != null && size == 1) {
                failures.fail(fragment, failure, now, settings.retries(), settled);
            } else if (failure != null) {
                long group = i < (size + 1) / 2 ? batch.firstHalf : batch.secondHalf;
                failures.putBack(fragment, group, failure.error());
            } else {
                settle(fragment, processed(batch, i), settled);
                counters.processed++;
                counters.unchanged += batch.isUnchanged(i) ? 1 : 0;
            }
            batch.left--;
        }
        running.remove(batch);
    }

    private void endExpired(RunningBatch<T> batch, SettledFragments<T> settled) {
        while (batch.left > batch.live()) {
            PendingFragment<T> fragment = batch.get(batch.left - 1);
            settle(fragment, new Outcome.Expired(fragment.attempts), settled);
            counters.expired++;
            batch.left--;
        }
    }

    /** Gives a fragment its outcome; at once, the next one of its key enters its lane, where closing finds it. */
    private void settle(PendingFragment<T> fragment, Outcome outcome, SettledFragments<T> settled) {
        settled.add(fragment, outcome);
        lanes.endTurn(fragment);
    }

    /** Gives the fragments of a batch without failures their outcomes; those whose outcome nobody awaits leave at once. */
    private void endProcessed(RunningBatch<T> batch, SettledFragments<T> settled) {
        int before = batch.left;
        if (batch.isPlain()) {
            counters.unchanged += batch.unchanged();
            departures.leave(batch);
            batch.left = 0;
            counters.processed += before;
            return;
        }
        try {
            for (int left = before; left > 0; left--) {
                PendingFragment<T> fragment = batch.get(left - 1);
                if (fragment.outcome == null) {
                    lanes.endTurn(fragment);
                    departures.leave(fragment);
                } else {
                    settle(fragment, processed(batch, left - 1), settled);
                }
                batch.left = left - 1;
                counters.unchanged += batch.isUnchanged(batch.left) ? 1 : 0;
            }
        } finally {
            counters.processed += before - batch.left;
        }
    }

    private static <T> Outcome processed(RunningBatch<T> batch, int index) {
        PendingFragment<T> fragment = batch.get(index);
        if (batch.isUnchanged(index)) {
            return new Outcome.Unchanged(fragment.attempts + 1);
        }
        return fragment.attempts == 0 ? FIRST_ATTEMPT : new Outcome.Processed(fragment.attempts + 1);
    }

    private void record(RunningBatch<T> batch, int failed, long took) {
        if (batch.recorded) {
            return;
        }
        int size = batch.live();
        if (reportsBatches) {
            dispatcher.add(listener -> listener.onBatch(size, failed, Duration.ofNanos(took)));
        }
        counters.batchTime.record(took, 1);
        counters.busyNanos += took;
        counters.batches++;
        batch.recorded = true;
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
                "pipeline " + spec.name() + " was closed while fragment "
                        + fragment.fragment().id() + " was " + where,
                failure);
    }
}

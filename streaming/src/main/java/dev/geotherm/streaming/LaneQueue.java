package dev.geotherm.streaming;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of one pipeline: its lanes, running batches, status and counters, guarded by one monitor.
 *
 * <p>Outcomes are reported, events dispatched and tasks cancelled outside of the monitor. A producer can run out of stack at any
 * call; then its fragment is accepted as a whole or not at all.
 */
final class LaneQueue<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LaneQueue.class);

    private final String name;
    private final PipelineSpec<T> spec;
    private final LongSupplier nanoTime;
    private final Runnable startMissingWorkers;
    private final Object monitor = new Object();
    private final WaitingThreads notFull = new WaitingThreads(monitor);
    private final WaitingThreads notEmpty = new WaitingThreads(monitor);
    private final WaitingThreads drained = new WaitingThreads(monitor);
    private final OwnThreads ownThreads = new OwnThreads();

    private final Lanes<T> lanes = new Lanes<>();
    private final CircuitBreaker breaker = new CircuitBreaker(Math::random);
    private final DrainTracker drains = new DrainTracker();
    private final PipelineCounters counters;
    private final RunningBatches<T> running;
    private final PipelineStatus<T> status;
    private final BatchTimer timer;
    private LanePipelinesSettings settings;
    private int workers;
    private boolean refusing;
    private boolean ended;
    private @Nullable Throwable failure;

    LaneQueue(
            PipelineSpec<T> spec,
            LanePipelinesSettings settings,
            EventDispatcher<T> dispatcher,
            Scheduler scheduler,
            LongSupplier nanoTime,
            Runnable startMissingWorkers) {
        this.name = spec.name();
        this.spec = spec;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.startMissingWorkers = startMissingWorkers;
        this.counters = new PipelineCounters(nanoTime.getAsLong());
        FailureRules<T> failures = new FailureRules<>(name, lanes, breaker, Math::random, counters, dispatcher);
        this.running = new RunningBatches<>(spec, settings.batches(), lanes, breaker, failures, counters, dispatcher);
        this.status = new PipelineStatus<>(dispatcher, settings.backpressure());
        this.timer = new BatchTimer(scheduler, this::checkTimeouts);
    }

    // ---- producers ----

    void put(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) throws InterruptedException {
        PendingFragment<T> pending = PendingFragment.of(fragment, outcome, spec);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!acceptUnlessOthersWaitForLong(pending)) {
            awaitRoom(pending);
        }
    }

    private boolean acceptIfThereIsRoom(PendingFragment<T> pending) {
        synchronized (monitor) {
            requireAccepting();
            if (status.isFull(lanes)) {
                return false;
            }
            accept(pending);
            return true;
        }
    }

    private boolean acceptUnlessOthersWaitForLong(PendingFragment<T> pending) {
        synchronized (monitor) {
            return !notFull.isOvertakingUnfair() && acceptIfThereIsRoom(pending);
        }
    }

    private void awaitRoom(PendingFragment<T> pending) throws InterruptedException {
        long start = nanoTime.getAsLong();
        try {
            notFull.await(() -> acceptIfThereIsRoom(pending));
        } finally {
            long end = nanoTime.getAsLong();
            synchronized (monitor) {
                counters.putNanos += end - start;
            }
        }
    }

    Offer offer(Fragment<T> fragment) {
        PendingFragment<T> pending = PendingFragment.of(fragment, null, spec);
        synchronized (monitor) {
            Offer answer = isAccepting() ? status.answer(lanes, fragment.priority()) : Offer.REFUSED_CLOSED;
            if (answer.accepted()) {
                accept(pending);
            } else {
                counters.refused++;
            }
            return answer;
        }
    }

    /** Accepts a fragment after all calls that can fail, because the stack is full. */
    private void accept(PendingFragment<T> pending) {
        DrainTracker.Epoch epoch = drains.current();
        pending.epoch = epoch;
        pending.queuedNanos = nanoTime.getAsLong();
        notEmpty.signal();
        updateStatus(lanes.size() + 1, lanes.bytes() + pending.bytes);
        lanes.add(pending);
        epoch.pending++;
        counters.accepted++;
    }

    private boolean isAccepting() {
        return !refusing && failure == null;
    }

    private void requireAccepting() {
        if (!isAccepting()) {
            throw new IllegalStateException(
                    "pipeline " + name + (failure == null ? " is closed" : " has failed") + " and accepts nothing",
                    failure);
        }
    }

    // ---- workers ----

    /** Returns how many workers have to be started now, and counts them. */
    int missingWorkers() {
        synchronized (monitor) {
            int missing = failure == null && !ended ? Math.max(0, wantedWorkers() - workers) : 0;
            workers += missing;
            return missing;
        }
    }

    /** Runs the loop of a worker; what it throws is the failure of the pipeline. */
    void runWorker(Runnable loop) {
        ownThreads.run(loop, this::fail);
    }

    OwnThreads ownThreads() {
        return ownThreads;
    }

    /** Waits for fragments and takes a batch of them; null tells the worker to end. */
    @Nullable
    RunningBatch<T> take() {
        List<RunningBatch<T>> taken = new ArrayList<>(1);
        notEmpty.awaitUninterruptibly(
                () -> {
                    if (isSurplus()) {
                        workers--;
                        notEmpty.signal(); // the signal may have been intended for a worker that stays
                        return true;
                    }
                    return nanosUntilBatch() <= 0 && taken.add(start());
                },
                this::nanosUntilBatch);
        return taken.isEmpty() ? null : taken.get(0);
    }

    private long nanosUntilBatch() {
        return lanes.size() == 0
                ? Long.MAX_VALUE
                : running.nanosUntilStart(nanoTime.getAsLong(), settings.batches(), refusing);
    }

    private RunningBatch<T> start() {
        RunningBatch<T> batch = running.start(Thread.currentThread(), nanoTime.getAsLong());
        timer.schedule(settings.batches().timeoutNanos());
        batch.pending.forEach(fragment -> notFull.signal());
        if (lanes.ready() > 0) {
            notEmpty.signal();
        }
        updateStatus();
        return batch;
    }

    private boolean isSurplus() {
        return ended || failure != null || workers > wantedWorkers();
    }

    /** Returns the number of workers: one more for each that is stuck, up to twice the number without these. */
    private int wantedWorkers() {
        int usual = settings.workers() == 0 ? spec.workers() : settings.workers();
        return usual + Math.min(running.stuck(), usual);
    }

    /** Ends a batch whose processor has returned or thrown, unless it was ended before. */
    void finish(RunningBatch<T> batch, @Nullable Failure failed) {
        List<Completion<T>> completions = new ArrayList<>();
        try {
            synchronized (monitor) {
                running.finish(batch, failed, nanoTime.getAsLong(), settings, completions);
                batchesEnded();
            }
        } finally {
            Thread.interrupted(); // intended for the processor; sent under the monitor, so none arrives later
        }
        report(completions);
    }

    /** Updates what depends on the lanes, into which an ended batch may have put fragments back. */
    private void batchesEnded() {
        if (lanes.size() > 0) {
            notEmpty.signal();
        }
        updateStatus();
    }

    /** Cancels a task and reports outcomes, without the monitor. */
    private void report(@Nullable ScheduledTask task, List<Completion<T>> completions) {
        if (task != null) {
            task.cancel();
        }
        report(completions);
    }

    private void report(List<Completion<T>> completions) {
        if (completions.isEmpty()) {
            return;
        }
        for (Completion<T> completion : completions) {
            if (completion.fragment().outcome != null) {
                completion.fragment().outcome.complete(completion.outcome());
            }
        }
        synchronized (monitor) {
            drains.leave(completions);
            drained.signalAll();
        }
    }

    /** Moves the pipeline to the error state. */
    private void fail(Throwable cause) {
        synchronized (monitor) {
            failure = failure == null ? cause : failure;
            status.setState(PipelineState.ERROR);
            wakeAll();
        }
        LOG.error("Pipeline {} has failed; it accepts nothing more and has to be closed", name, cause);
    }

    // ---- timeouts ----

    /** Ends overdue batches; run by the scheduler. */
    private void checkTimeouts(long check) {
        ownThreads.run(
                () -> {
                    List<Completion<T>> completions = new ArrayList<>();
                    synchronized (monitor) {
                        timer.started(check);
                        endOverdue(completions);
                    }
                    startMissingWorkers.run();
                    report(completions);
                },
                this::fail);
    }

    private void endOverdue(List<Completion<T>> completions) {
        long left = running.endOverdue(nanoTime.getAsLong(), settings, completions);
        if (left != Long.MAX_VALUE) {
            timer.schedule(left);
        }
        batchesEnded();
    }

    // ---- closing ----

    /** Waits until every fragment accepted before the call has its outcome, or, if wanted, until the pipeline has failed. */
    boolean awaitDrained(long nanos, boolean orFailed) throws InterruptedException {
        long mark;
        synchronized (monitor) {
            mark = drains.mark();
        }
        return drained.await(() -> (orFailed && failure != null) || drains.isReached(mark), nanos);
    }

    /** Refuses new fragments; accepted ones are still processed. */
    void refuse() {
        synchronized (monitor) {
            if (!refusing) {
                refusing = true;
                breaker.hurry(nanoTime.getAsLong());
                if (failure == null) {
                    status.setState(PipelineState.DRAINING);
                }
                notFull.signalAll();
                notEmpty.signalAll();
            }
        }
    }

    /** Turns all fragments without outcome into dead letters, interrupts busy workers and tells all threads to end. */
    void abort() {
        List<Completion<T>> completions = new ArrayList<>();
        @Nullable ScheduledTask check;
        synchronized (monitor) {
            running.abort(nanoTime.getAsLong(), failure, completions);
            updateStatus();
            ended = true;
            check = timer.remove();
            wakeAll();
        }
        report(check, completions);
    }

    void stopped() {
        synchronized (monitor) {
            counters.stop(nanoTime.getAsLong());
            status.setState(PipelineState.STOPPED);
        }
    }

    private void wakeAll() {
        notFull.signalAll();
        notEmpty.signalAll();
        drained.signalAll();
    }

    // ---- status ----

    void reconfigure(LanePipelinesSettings newSettings) {
        List<Completion<T>> completions = new ArrayList<>();
        @Nullable ScheduledTask check;
        synchronized (monitor) {
            settings = newSettings;
            status.reconfigure(newSettings.backpressure());
            running.reconfigure(newSettings.batches());
            check = timer.remove(); // with another timeout, batches are due at other times
            endOverdue(completions);
            wakeAll();
        }
        report(check, completions);
    }

    private void updateStatus() {
        updateStatus(lanes.size(), lanes.bytes());
    }

    private void updateStatus(int queued, long queuedBytes) {
        PipelineState fill = status.update(queued, queuedBytes);
        if (isAccepting()) {
            boolean stalled = running.stuck() >= wantedWorkers();
            status.setState(stalled ? PipelineState.STALLED : breaker.isOpen() ? PipelineState.UNAVAILABLE : fill);
        }
    }

    PipelineState state() {
        return status.state();
    }

    BackpressureLevel level() {
        return status.level();
    }

    PipelineMetrics metrics() {
        synchronized (monitor) {
            long now = nanoTime.getAsLong();
            MetricsBuilder<PipelineMetrics> metrics = MetricsBuilder.of(PipelineMetrics.class)
                    .set("queued", lanes.size())
                    .set("queuedBytes", lanes.bytes())
                    .set("capacity", settings.backpressure().capacity());
            status.addTo(metrics);
            running.addTo(metrics);
            counters.addTo(metrics, running, breaker, now);
            return metrics.build();
        }
    }
}

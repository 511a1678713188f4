package dev.geotherm.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of one pipeline: its lanes, running batches, status and counters, guarded by one monitor, which workers acquire for
 * each batch. Producers add fragments through the {@link Intake}, as a rule without the monitor.
 *
 * <p>Outcomes are reported, events dispatched and tasks cancelled without the monitor. A method that runs out of memory can be
 * called again: a fragment leaves a lane only for a batch that is registered, and the batch only with its outcome or back to a
 * lane.
 *
 * <p>This class is longer than others because it contains every change that needs the monitor; the types that the monitor guards
 * implement the changes.
 */
final class LaneQueue<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LaneQueue.class);

    /** The number of checks of the oldest fragment's age within its limit. */
    private static final int AGE_CHECKS = 20;

    /** The shortest time between two of these checks, so that a tiny limit does not keep a CPU core busy. */
    private static final long SHORTEST_AGE_CHECK_NANOS = 1_000_000;

    private final PipelineSpec<T> spec;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Runnable startMissingWorkers;
    private final Object monitor = new Object();
    private final WaitingThreads notEmpty = new WaitingThreads(monitor);
    private final WaitingThreads drained = new WaitingThreads(monitor);
    private final StandbyWorker standby = new StandbyWorker();
    private final OwnThreads ownThreads = new OwnThreads();

    private final FragmentSlots<T> slots = new FragmentSlots<>();
    private final Lanes<T> lanes = new Lanes<>(slots);
    private final CircuitBreaker breaker = new CircuitBreaker(Math::random);
    private final DrainTracker drains = new DrainTracker();
    private final Departures<T> departures = new Departures<>(drains, slots);
    private final SettledFragments<T> aborted = new SettledFragments<>();
    private final PipelineCounters counters;
    private final RunningBatches<T> running;
    private final PipelineStatus<T> status;
    private final Intake<T> intake;
    private final BatchTimer timer;
    private final BatchTimer ageTimer;
    private final OutcomeReporter<T> outcomes;
    private final RequestLimit limit;
    private final WorkerLimit workerLimit;
    private volatile ToIntFunction<Priority> waitingOutside = priority -> 0;
    private LanePipelinesSettings settings;
    private int workers;
    private boolean paused;
    private boolean ended;

    LaneQueue(
            PipelineSpec<T> spec,
            LanePipelinesSettings settings,
            EventDispatcher<T> dispatcher,
            ComponentContext context,
            Executor outcomeThread,
            LongSupplier nanoTime,
            Runnable startMissingWorkers) {
        this.spec = spec;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.clock = context.clock();
        this.startMissingWorkers = startMissingWorkers;
        this.counters = new PipelineCounters(nanoTime.getAsLong());
        FailureRules<T> failures =
                new FailureRules<>(spec.name(), lanes, breaker, Math::random, context.clock(), counters, dispatcher);
        this.limit = new RequestLimit(context.rateLimits());
        this.workerLimit = new WorkerLimit(usualWorkers());
        this.running = new RunningBatches<>(
                spec,
                settings.batches(),
                slots,
                lanes,
                breaker,
                failures,
                counters,
                dispatcher,
                limit,
                workerLimit,
                departures);
        this.status = new PipelineStatus<>(spec.name(), dispatcher, settings.backpressure());
        this.intake = new Intake<>(
                spec,
                nanoTime,
                monitor,
                slots,
                lanes,
                status,
                standby,
                this::updateStatus,
                new FragmentAdmission<>(
                        spec, monitor, status, this::updateStatus, context.clock(), this::nanosUntilProcessed));
        intake.orderKeys(settings.keyOrder());
        this.timer = new BatchTimer(context.scheduler(), this::checkTimeouts);
        this.ageTimer = new BatchTimer(context.scheduler(), this::checkAge);
        this.outcomes = new OutcomeReporter<>(
                task -> outcomeThread.execute(() -> ownThreads.run(task, this::fail)), this::reported);
    }

    /** Returns the producers' side. */
    Intake<T> intake() {
        return intake;
    }

    /** Makes forecasts count fragments that wait outside the queue; the function must not wait for a lock. */
    void forecastWith(ToIntFunction<Priority> newWaitingOutside) {
        waitingOutside = newWaitingOutside;
    }

    /** Returns the thread that completes the stages of submitted fragments. */
    OutcomeReporter<T> outcomes() {
        return outcomes;
    }

    // ---- workers ----

    /** Returns how many workers have to be started now, and counts them. */
    int missingWorkers() {
        synchronized (monitor) {
            int missing = status.failure() == null && !ended ? Math.max(0, wantedWorkers() - workers) : 0;
            workers += missing;
            return missing;
        }
    }

    /** Subtracts workers that could not be started from the number of workers. */
    void notStarted(int missing) {
        synchronized (monitor) {
            workers -= missing;
        }
    }

    /** Runs the loop of a worker; the pipeline fails if it throws. */
    void runWorker(Runnable loop) {
        ownThreads.run(loop, this::fail);
    }

    OwnThreads ownThreads() {
        return ownThreads;
    }

    /** Returns the object that a worker uses for all its batches. */
    RunningBatch<T> newBatch() {
        return new RunningBatch<>(slots, spec.classifier());
    }

    /** Waits for fragments and moves some of them to a batch; false tells the worker to end. */
    boolean take(RunningBatch<T> batch) {
        if (batch.pace.shouldSleep()) {
            ArrivalPace.sleep();
        }
        boolean[] taken = new boolean[1];
        notEmpty.awaitUninterruptibly(
                () -> {
                    if (isSurplus()) {
                        workers--;
                        notEmpty.signal(); // the signal may have been intended for a worker that stays
                        return true;
                    }
                    standby.set(Thread.currentThread());
                    intake.moveToLanes();
                    taken[0] = nanosUntilBatch() <= 0 && startIfAdmitted(batch);
                    return taken[0];
                },
                this::nanosUntilBatch);
        return taken[0];
    }

    private long nanosUntilBatch() {
        if (paused && !status.isRefusing()) {
            return Long.MAX_VALUE;
        }
        long untilStart = lanes.size() == 0
                ? Long.MAX_VALUE
                : Math.max(
                        limit.nanosUntilFree(),
                        running.nanosUntilStart(nanoTime.getAsLong(), settings.batches(), status.isRefusing()));
        return Math.min(intake.nanosUntilArrival(), untilStart);
    }

    private boolean startIfAdmitted(RunningBatch<T> batch) {
        double expectedCost = running.expectedCost();
        boolean admitted = limit.tryAcquire(expectedCost);
        if (admitted) {
            start(batch);
            limit.correct(expectedCost, batch.cost);
        }
        return admitted;
    }

    private void start(RunningBatch<T> batch) {
        timer.schedule(settings.batches().timeoutNanos());
        running.start(
                batch, Thread.currentThread(), nanoTime.getAsLong(), intake.seesDeadlines() ? clock.instant() : null);
        batch.pace.started(batch.size() + lanes.ready(), slots.queuedNanos(batch.number(0)));
        try {
            standby.set(notEmpty.firstOther());
            intake.signal(batch.size());
            updateStatus();
            if (lanes.ready() > 0) {
                notEmpty.signal();
            }
        } catch (OutOfMemoryError late) { // the batch has started: this is done again at its end
            intake.shut();
        }
    }

    private boolean isSurplus() {
        return ended || status.failure() != null || workers > wantedWorkers();
    }

    /**
     * Returns the number of workers to run: the usual number and one more for each stuck worker, at most twice the usual number.
     */
    private int wantedWorkers() {
        int usual = settings.adaptiveWorkers() ? workerLimit.get() : usualWorkers();
        return usual + Math.min(running.stuck(), usual);
    }

    private int usualWorkers() {
        return settings.workers() == 0 ? spec.workers() : settings.workers();
    }

    /**
     * Ends a batch after its processor returned or threw, unless it was ended before, and reports outcomes. If this runs out of memory,
     * call it again.
     */
    void finish(RunningBatch<T> batch) {
        boolean missing;
        try {
            synchronized (monitor) {
                intake.moveToLanes(); // before fragments that are put back
                long now = nanoTime.getAsLong();
                running.finish(batch, now, settings);
                batch.pace.ended(lanes.size() == 0 && !isSurplus() && !status.isRefusing(), now);
                leave(batch.settled);
                batchesEnded();
                missing = settings.adaptiveWorkers() && workers < wantedWorkers();
            }
        } finally {
            Thread.interrupted(); // intended for the processor; sent under the monitor, so none arrives later
        }
        if (missing) {
            startMissingWorkers.run();
        }
    }

    /** Updates what depends on the lanes, to which an ended batch may have returned fragments. */
    private void batchesEnded() {
        if (lanes.size() > 0) {
            notEmpty.signal();
        }
        updateStatus();
    }

    /** Passes on outcomes to be reported. If this runs out of memory, call it again. */
    private void report(SettledFragments<T> settled) {
        if (!settled.isEmpty()) {
            synchronized (monitor) {
                leave(settled);
            }
        }
    }

    /** Removes fragments with an outcome; those whose outcome is awaited leave when it is reported. */
    private void leave(SettledFragments<T> settled) {
        for (PendingFragment<T> one = settled.first(); one != null; one = settled.first()) {
            settled.removeFirst(one);
            if (one.outcome == null) {
                departures.leave(one);
            } else {
                outcomes.add(one);
            }
        }
        drained.signalAll();
    }

    /** Removes a fragment after its outcome was reported. */
    private void reported(PendingFragment<T> fragment) {
        synchronized (monitor) {
            departures.leave(fragment);
            drained.signalAll();
        }
    }

    /** Moves the pipeline to the error state. */
    private void fail(Throwable cause) {
        synchronized (monitor) {
            status.fail(cause);
            intake.close();
            wakeAll();
        }
        LOG.error("Pipeline {} has failed; it accepts nothing more and has to be closed", spec.name(), cause);
    }

    // ---- timeouts ----

    /** Ends overdue batches; run by the scheduler. */
    private void checkTimeouts(long check) {
        ownThreads.run(
                () -> {
                    synchronized (monitor) {
                        timer.started(check);
                    }
                    endOverdue();
                    OutOfMemoryRetry.run(startMissingWorkers);
                },
                this::fail);
    }

    private void endOverdue() {
        SettledFragments<T> settled = new SettledFragments<>();
        OutOfMemoryRetry.run(() -> endOverdue(settled));
        OutOfMemoryRetry.run(() -> report(settled));
    }

    private void endOverdue(SettledFragments<T> settled) {
        synchronized (monitor) {
            intake.moveToLanes(); // before fragments that are put back
            long left = running.endOverdue(nanoTime.getAsLong(), settings, settled);
            if (left != Long.MAX_VALUE) {
                timer.schedule(left);
            }
            batchesEnded();
        }
    }

    /** Updates the level, because the oldest fragment has become older; run by the scheduler. */
    private void checkAge(long check) {
        ownThreads.run(
                () -> OutOfMemoryRetry.run(() -> {
                    synchronized (monitor) {
                        ageTimer.started(check);
                        updateStatus();
                    }
                }),
                this::fail);
    }

    // ---- closing ----

    /** Begins or ends a pause, in which no batch starts. */
    void pause(boolean pauses) {
        synchronized (monitor) {
            paused = pauses;
            updateStatus();
            notEmpty.signalAll();
        }
    }

    /**
     * Waits until every fragment accepted before the call has its outcome, or, if {@code orFailed}, until the pipeline has
     * failed.
     */
    boolean awaitDrained(long nanos, boolean orFailed) throws InterruptedException {
        long mark;
        synchronized (monitor) {
            mark = drains.mark(intake.accepted());
        }
        return drained.await(() -> (orFailed && status.failure() != null) || drains.isReached(mark), nanos);
    }

    /** Refuses new fragments; accepted ones are still processed. */
    void refuse() {
        synchronized (monitor) {
            if (!status.isRefusing()) {
                status.refuse();
                breaker.retryNow(nanoTime.getAsLong());
                intake.close();
                notEmpty.signalAll();
            }
        }
    }

    /**
     * Hands back all fragments without an outcome, or turns them into dead letters, interrupts busy workers and tells all threads
     * to end. If this runs out of memory, call it again.
     */
    void abort() {
        @Nullable ScheduledTask check;
        @Nullable ScheduledTask ageCheck;
        synchronized (monitor) {
            intake.close();
            intake.moveRestToLanes();
            running.abort(nanoTime.getAsLong(), status.failure(), aborted);
            updateStatus();
            ended = true;
            check = timer.remove();
            ageCheck = ageTimer.remove();
            wakeAll();
        }
        cancel(check);
        cancel(ageCheck);
        report(aborted);
    }

    private static void cancel(@Nullable ScheduledTask check) {
        if (check != null) {
            check.cancel();
        }
    }

    void stopped() {
        synchronized (monitor) {
            counters.stop(nanoTime.getAsLong());
            limit.close();
            status.setState(PipelineState.STOPPED);
        }
    }

    private void wakeAll() {
        intake.signalAll();
        notEmpty.signalAll();
        drained.signalAll();
    }

    // ---- status ----

    void reconfigure(LanePipelinesSettings newSettings) {
        @Nullable ScheduledTask check;
        @Nullable ScheduledTask ageCheck;
        synchronized (monitor) {
            settings = newSettings;
            status.reconfigure(newSettings.backpressure());
            intake.orderKeys(newSettings.keyOrder());
            running.sizing().reconfigure(newSettings.batches());
            limit.reconfigure(newSettings.limit());
            workerLimit.reconfigure(usualWorkers());
            check = timer.remove(); // with another timeout, batches are due at other times
            ageCheck = ageTimer.remove();
        }
        cancel(check);
        cancel(ageCheck);
        endOverdue();
        synchronized (monitor) {
            wakeAll();
        }
    }

    /** Updates what depends on the lanes: level, state, and the gate for producers. */
    private void updateStatus() {
        intake.moveToLanes();
        long age = status.ageLimit() == 0 ? 0 : lanes.age(nanoTime.getAsLong());
        PipelineState fill = status.update(
                intake.queued(), lanes.bytes(), status.followsSojourn() ? sojournNanos(nanoTime.getAsLong()) : 0, age);
        boolean ages = status.ageLimit() > 0 && intake.queued() > 0 && !ended;
        if (ages) {
            ageTimer.schedule(Math.max(SHORTEST_AGE_CHECK_NANOS, status.ageLimit() / AGE_CHECKS));
        }
        status.setAgesAreChecked(ages);
        if (status.isAccepting()) {
            boolean stalled = running.stuck() >= wantedWorkers();
            status.setState(
                    stalled
                            ? PipelineState.STALLED
                            : paused ? PipelineState.PAUSED : breaker.isOpen() ? PipelineState.UNAVAILABLE : fill);
        }
        intake.open();
    }

    private long sojournNanos(long now) {
        return running.forecast()
                .nanosUntilStart(
                        lanes.ready() + lanes.held() + waitingOutside.applyAsInt(Priority.LOWEST),
                        wantedWorkers(),
                        now);
    }

    private long nanosUntilProcessed(Priority priority) {
        return running.forecast()
                .nanosUntilProcessed(
                        lanes.ahead(priority) + waitingOutside.applyAsInt(priority),
                        wantedWorkers(),
                        nanoTime.getAsLong());
    }

    PipelineState state() {
        return status.state();
    }

    BackpressureLevel level() {
        return status.level();
    }

    PipelineMetrics metrics() {
        synchronized (monitor) {
            MetricsBuilder<PipelineMetrics> metrics = MetricsBuilder.of(PipelineMetrics.class);
            intake.addTo(metrics);
            status.addTo(metrics);
            running.addTo(metrics);
            long now = nanoTime.getAsLong();
            counters.addTo(metrics, running, breaker, now);
            metrics.set("predictedSojourn", Duration.ofNanos(sojournNanos(now)))
                    .set("oldestAge", Duration.ofNanos(lanes.age(now)));
            metrics.set("workers", Math.min(workers, wantedWorkers())).set("workersReason", workerLimit.reason());
            return metrics.build();
        }
    }
}

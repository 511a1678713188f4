package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor of one pipeline: its lanes, running batches, status and counters under one lock.
 *
 * <p>Outcomes are reported, events dispatched and tasks cancelled outside of the lock.
 */
final class LaneQueue<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LaneQueue.class);

    private final String name;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final OwnThreads ownThreads = new OwnThreads();

    private final Lanes<T> lanes = new Lanes<>();
    private final DrainTracker drains = new DrainTracker(lock);
    private final PipelineCounters counters;
    private final RunningBatches<T> running;
    private final PipelineStatus<T> status;
    private final BatchTimer timer;
    private LanePipelinesSettings settings;
    private BackpressurePolicy policy;
    private int workers;
    private boolean refusing;
    private boolean ended;
    private @Nullable Throwable failure;

    LaneQueue(
            String name,
            LanePipelinesSettings settings,
            EventDispatcher<T> dispatcher,
            Scheduler scheduler,
            LongSupplier nanoTime) {
        this.name = name;
        this.settings = settings;
        this.policy = new BackpressurePolicy(settings.backpressure());
        this.nanoTime = nanoTime;
        this.counters = new PipelineCounters(nanoTime.getAsLong());
        this.running = new RunningBatches<>(name, new BatchSize(settings), lanes, counters, dispatcher);
        this.status = new PipelineStatus<>(dispatcher);
        this.timer = new BatchTimer(scheduler, this::checkTimeouts);
    }

    // ---- producers ----

    void put(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) throws InterruptedException {
        requireNonNull(fragment, "fragment");
        lock.lockInterruptibly();
        try {
            requireAccepting();
            if (policy.isFull(lanes.size())) {
                awaitRoom();
            }
            accept(fragment, outcome);
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom() throws InterruptedException {
        long start = nanoTime.getAsLong();
        try {
            while (policy.isFull(lanes.size())) {
                notFull.await();
                requireAccepting();
            }
        } finally {
            counters.putNanos += nanoTime.getAsLong() - start;
        }
    }

    Offer offer(Fragment<T> fragment) {
        requireNonNull(fragment, "fragment");
        lock.lock();
        try {
            Offer answer = isAccepting() ? policy.answer(lanes.size(), fragment.priority()) : Offer.REFUSED_CLOSED;
            if (answer.accepted()) {
                accept(fragment, null);
            } else {
                counters.refused++;
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void accept(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        lanes.add(new PendingFragment<>(fragment, outcome, drains.enter(), nanoTime.getAsLong()));
        counters.accepted++;
        notEmpty.signal();
        updateStatus();
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
        lock.lock();
        try {
            int missing = isAccepting() ? Math.max(0, settings.workers() - workers) : 0;
            workers += missing;
            return missing;
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            while (lanes.size() == 0 && !isSurplus()) {
                notEmpty.awaitUninterruptibly();
            }
            if (isSurplus()) {
                workers--;
                notEmpty.signal(); // the signal may have been intended for a worker that stays
                return null;
            }
            RunningBatch<T> batch = running.start(Thread.currentThread(), nanoTime.getAsLong());
            timer.schedule(TimeUnit.NANOSECONDS.convert(settings.batchTimeout()));
            batch.pending.forEach(fragment -> notFull.signal());
            if (lanes.size() > 0) {
                notEmpty.signal();
            }
            updateStatus();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean isSurplus() {
        return ended || failure != null || workers > settings.workers();
    }

    /** Ends a batch whose processor has returned or thrown, unless it was ended before. */
    void finish(RunningBatch<T> batch, @Nullable Throwable thrown) {
        List<Completion<T>> completions = new ArrayList<>();
        lock.lock();
        try {
            running.finish(batch, thrown, nanoTime.getAsLong(), settings, completions);
            batchesEnded();
        } finally {
            lock.unlock();
            Thread.interrupted(); // intended for the processor; sent under the lock, so none arrives later
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

    private void report(List<Completion<T>> completions) {
        if (completions.isEmpty()) {
            return;
        }
        for (Completion<T> completion : completions) {
            if (completion.fragment().outcome != null) {
                completion.fragment().outcome.complete(completion.outcome());
            }
        }
        lock.lock();
        try {
            drains.leave(completions);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the pipeline to the error state. */
    private void fail(Throwable cause) {
        lock.lock();
        try {
            LOG.error("Pipeline {} has failed; it accepts nothing more and has to be closed", name, cause);
            failure = failure == null ? cause : failure;
            status.setState(PipelineState.ERROR);
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- timeouts ----

    /** Ends overdue batches; run by the scheduler. */
    private void checkTimeouts(long check) {
        ownThreads.run(
                () -> {
                    List<Completion<T>> completions = new ArrayList<>();
                    lock.lock();
                    try {
                        timer.started(check);
                        endOverdue(completions);
                    } finally {
                        lock.unlock();
                    }
                    report(completions);
                },
                this::fail);
    }

    private void endOverdue(List<Completion<T>> completions) {
        long left = running.endOverdue(nanoTime.getAsLong(), settings, completions);
        if (!running.isEmpty()) {
            timer.schedule(left);
        }
        batchesEnded();
    }

    private static void cancel(@Nullable ScheduledTask task) {
        if (task != null) {
            task.cancel();
        }
    }

    // ---- closing ----

    /** Waits until every fragment accepted before the call has its outcome. */
    boolean awaitDrained(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return drains.await(TimeUnit.NANOSECONDS.convert(limit), () -> false);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every fragment has its outcome or the pipeline has failed, as close does. */
    void awaitEnd(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean ignored = drains.await(nanos, () -> failure != null);
        } finally {
            lock.unlock();
        }
    }

    /** Refuses new fragments; accepted ones are still processed. */
    void refuse() {
        lock.lock();
        try {
            if (!refusing) {
                refusing = true;
                if (failure == null) {
                    status.setState(PipelineState.DRAINING);
                }
                notFull.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Turns all fragments without outcome into dead letters, interrupts busy workers and tells all threads to end. */
    void abort() {
        List<Completion<T>> completions = new ArrayList<>();
        ScheduledTask check;
        lock.lock();
        try {
            running.abort(nanoTime.getAsLong(), failure, completions);
            updateStatus();
            ended = true;
            check = timer.remove();
            wakeAll();
        } finally {
            lock.unlock();
        }
        cancel(check);
        report(completions);
    }

    void stopped() {
        lock.lock();
        try {
            counters.stop(nanoTime.getAsLong());
            status.setState(PipelineState.STOPPED);
        } finally {
            lock.unlock();
        }
    }

    private void wakeAll() {
        notFull.signalAll();
        notEmpty.signalAll();
        drains.wakeAll();
    }

    // ---- status ----

    void reconfigure(LanePipelinesSettings newSettings) {
        List<Completion<T>> completions = new ArrayList<>();
        ScheduledTask check;
        lock.lock();
        try {
            settings = newSettings;
            policy = new BackpressurePolicy(newSettings.backpressure());
            running.reconfigure(newSettings);
            check = timer.remove(); // with another timeout, batches are due at other times
            endOverdue(completions);
            wakeAll();
        } finally {
            lock.unlock();
        }
        cancel(check);
        report(completions);
    }

    private void updateStatus() {
        status.setLevel(policy.level(lanes.size()));
        if (isAccepting()) {
            status.setState(policy.state(lanes.size()));
        }
    }

    PipelineState state() {
        return status.state();
    }

    BackpressureLevel level() {
        return status.level();
    }

    PipelineMetrics metrics() {
        lock.lock();
        try {
            return counters.metrics(
                    lanes.size(), settings.backpressure().capacity(), running, status, nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }
}

package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
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
 * The monitor of one pipeline: its lanes, running batches, state and counters under one lock.
 *
 * <p>Outcomes and events are told outside of the lock.
 */
final class LaneQueue<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LaneQueue.class);

    private final String name;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Condition timer = lock.newCondition();

    private final Lanes<T> lanes = new Lanes<>();
    private final DrainTracker drains = new DrainTracker();
    private final PipelineCounters counters;
    private final RunningBatches<T> running;
    private final PipelineStatus<T> status;
    private LanePipelinesSettings settings;
    private int workers;
    private boolean refusing;
    private boolean over;
    private boolean timerRests;
    private @Nullable Throwable death;

    LaneQueue(String name, LanePipelinesSettings settings, EventDispatcher<T> dispatcher, LongSupplier nanoTime) {
        this.name = name;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.counters = new PipelineCounters(nanoTime.getAsLong());
        this.running = new RunningBatches<>(name, new BatchSize(settings), lanes, counters, dispatcher);
        this.status = new PipelineStatus<>(counters, dispatcher);
    }

    // ---- producers ----

    void put(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) throws InterruptedException {
        requireNonNull(fragment, "fragment");
        lock.lockInterruptibly();
        try {
            checkAccepting();
            if (lanes.size() >= settings.capacity()) {
                long start = System.nanoTime();
                try {
                    while (lanes.size() >= settings.capacity()) {
                        notFull.await();
                        checkAccepting();
                    }
                } finally {
                    counters.putNanos += System.nanoTime() - start;
                }
            }
            accept(fragment, outcome);
        } finally {
            lock.unlock();
        }
    }

    Offer offer(Fragment<T> fragment) {
        requireNonNull(fragment, "fragment");
        lock.lock();
        try {
            Offer answer = answer(fragment.priority());
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

    private Offer answer(Priority priority) {
        if (!isAccepting()) {
            return Offer.REFUSED_CLOSED;
        } else if (lanes.size() >= settings.capacity()) {
            return Offer.REFUSED_FULL;
        } else if (lanes.size() >= settings.limit() && priority != Priority.HIGHEST) {
            return Offer.REFUSED_BACKPRESSURE;
        }
        return Offer.ACCEPTED;
    }

    private void accept(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        lanes.add(new PendingFragment<>(fragment, outcome, drains.enter()));
        counters.accepted++;
        notEmpty.signal();
        noteFill();
    }

    private boolean isAccepting() {
        return !refusing && death == null;
    }

    private void checkAccepting() {
        if (!isAccepting()) {
            throw new IllegalStateException(
                    "pipeline " + name + (death == null ? " is closed" : " has failed") + " and accepts nothing",
                    death);
        }
    }

    // ---- workers ----

    /** Returns how many workers are to be started now, and counts them. */
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
                notEmpty.signal(); // the signal may have been meant for one that stays
                return null;
            }
            long now = nanoTime.getAsLong();
            RunningBatch<T> work = new RunningBatch<>(lanes.take(running.batchSize()), Thread.currentThread(), now);
            running.begin(work);
            work.entries.forEach(entry -> notFull.signal());
            if (lanes.size() > 0) {
                notEmpty.signal();
            }
            if (timerRests) {
                timer.signal();
            }
            noteFill();
            return work;
        } finally {
            lock.unlock();
        }
    }

    private boolean isSurplus() {
        return over || death != null || workers > settings.workers();
    }

    /** Ends a batch whose processor has returned or thrown, unless it was ended before. */
    void finish(RunningBatch<T> work, @Nullable Throwable thrown) {
        List<Completion<T>> completions = new ArrayList<>();
        lock.lock();
        try {
            running.finish(work, thrown, nanoTime.getAsLong(), settings, completions);
            noteEndings();
        } finally {
            lock.unlock();
            Thread.interrupted(); // meant for the processor; sent under the lock, so none comes after this
        }
        tell(completions);
    }

    /** Takes note that batches ended: what has to be tried again waits in its lane. */
    private void noteEndings() {
        if (lanes.size() > 0) {
            notEmpty.signal();
        }
        noteFill();
    }

    private void tell(List<Completion<T>> completions) {
        if (completions.isEmpty()) {
            return;
        }
        for (Completion<T> completion : completions) {
            if (completion.entry().outcome != null) {
                completion.entry().outcome.complete(completion.outcome());
            }
        }
        lock.lock();
        try {
            completions.forEach(completion -> drains.leave(completion.entry().epoch));
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts the pipeline into the error state, because one of its own threads died. */
    void die(Throwable cause) {
        lock.lock();
        try {
            LOG.error("A thread of pipeline {} died; it accepts no more and has to be closed", name, cause);
            death = death == null ? cause : death;
            status.become(PipelineState.ERROR);
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- timer ----

    /** Waits for batches to be overdue and ends them; returns false when the pipeline is over. */
    boolean awaitOverdue() throws InterruptedException {
        List<Completion<T>> completions = new ArrayList<>();
        boolean more;
        lock.lock();
        try {
            long left = endOverdue(completions);
            while (completions.isEmpty() && !over) {
                // A batch that starts later is due later: only a resting timer has to be told of it.
                timerRests = running.isEmpty();
                if (timerRests) {
                    timer.await();
                } else {
                    timer.awaitNanos(left);
                }
                left = endOverdue(completions);
            }
            timerRests = false;
            more = !over;
        } finally {
            lock.unlock();
        }
        tell(completions);
        return more;
    }

    private long endOverdue(List<Completion<T>> completions) {
        long left = running.endOverdue(nanoTime.getAsLong(), settings, completions);
        noteEndings();
        return left;
    }

    // ---- the end ----

    /** Waits until what was accepted before the call has its outcome. */
    boolean awaitSettled(Duration limit) throws InterruptedException {
        return awaitSettled(TimeUnit.NANOSECONDS.convert(limit), false);
    }

    /** Waits for what close waits for: every outcome, or the death of the pipeline's threads. */
    void awaitEnd(long nanos) throws InterruptedException {
        awaitSettled(nanos, true);
    }

    private boolean awaitSettled(long nanos, boolean orDeath) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            long mark = drains.mark();
            while (!drains.isSettled(mark)) {
                if (left <= 0 || (orDeath && death != null)) {
                    return false;
                }
                left = settled.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more; what was accepted is still processed. */
    void refuse() {
        lock.lock();
        try {
            if (!refusing) {
                refusing = true;
                if (death == null) {
                    status.become(PipelineState.DRAINING);
                }
                notFull.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes dead letters of everything that has no outcome, interrupts busy workers and tells all threads to end. */
    void abandon() {
        List<Completion<T>> completions = new ArrayList<>();
        lock.lock();
        try {
            running.abandon(System.nanoTime(), death, completions);
            noteFill();
            over = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
        tell(completions);
    }

    void stopped() {
        lock.lock();
        try {
            counters.stop(System.nanoTime());
            status.become(PipelineState.STOPPED);
        } finally {
            lock.unlock();
        }
    }

    private void wakeAll() {
        notFull.signalAll();
        notEmpty.signalAll();
        settled.signalAll();
        timer.signalAll();
    }

    // ---- state ----

    void started() {
        lock.lock();
        try {
            status.become(PipelineState.RUNNING);
        } finally {
            lock.unlock();
        }
    }

    void reconfigure(LanePipelinesSettings newSettings) {
        lock.lock();
        try {
            settings = newSettings;
            running.limit(newSettings);
            noteFill();
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    private void noteFill() {
        status.fill(lanes.size(), settings);
        if (isAccepting()) {
            status.become(lanes.size() >= settings.limit() ? PipelineState.BACKPRESSURE : PipelineState.RUNNING);
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
            long now = System.nanoTime();
            return counters.metrics(
                    lanes.size(),
                    running.fragments(),
                    settings.capacity(),
                    running.batchSize(),
                    status.level(),
                    running.busyNanos(now),
                    now);
        } finally {
            lock.unlock();
        }
    }
}

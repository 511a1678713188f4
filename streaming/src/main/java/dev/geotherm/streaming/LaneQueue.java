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
 * The monitor of one pipeline: its lanes, running batches, state and figures under one lock.
 *
 * <p>Outcomes and events are told outside of the lock.
 */
final class LaneQueue<T> {
    private static final Logger logger = LoggerFactory.getLogger(LaneQueue.class);

    private final String name;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Condition timer = lock.newCondition();

    private final Lanes<T> lanes = new Lanes<>();
    private final Epochs epochs = new Epochs();
    private final Figures figures;
    private final RunningBatches<T> running;
    private final Gauge<T> gauge;
    private LanePipelinesSettings settings;
    private int workers;
    private boolean refusing;
    private boolean over;
    private boolean timerRests;
    private @Nullable Throwable death;

    LaneQueue(String name, LanePipelinesSettings settings, Announcer<T> announcer, LongSupplier nanoTime) {
        this.name = name;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.figures = new Figures(nanoTime.getAsLong());
        this.running = new RunningBatches<>(name, new BatchSize(settings), lanes, figures, announcer);
        this.gauge = new Gauge<>(figures, announcer);
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
                    figures.putNanos += System.nanoTime() - start;
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
                figures.refused++;
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
        lanes.add(new Entry<>(fragment, outcome, epochs.enter()));
        figures.accepted++;
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
    Work<T> take() {
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
            Work<T> work = new Work<>(lanes.take(running.batchSize()), Thread.currentThread(), now);
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
    void finish(Work<T> work, @Nullable Throwable thrown) {
        List<Ending<T>> endings = new ArrayList<>();
        lock.lock();
        try {
            running.finish(work, thrown, nanoTime.getAsLong(), settings, endings);
            noteEndings();
        } finally {
            lock.unlock();
            Thread.interrupted(); // meant for the processor; sent under the lock, so none comes after this
        }
        tell(endings);
    }

    /** Takes note that batches ended: what has to be tried again waits in its lane. */
    private void noteEndings() {
        if (lanes.size() > 0) {
            notEmpty.signal();
        }
        noteFill();
    }

    private void tell(List<Ending<T>> endings) {
        if (endings.isEmpty()) {
            return;
        }
        for (Ending<T> ending : endings) {
            if (ending.entry().outcome != null) {
                ending.entry().outcome.complete(ending.outcome());
            }
        }
        lock.lock();
        try {
            endings.forEach(ending -> epochs.leave(ending.entry().epoch));
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts the pipeline into the error state, because one of its own threads died. */
    void die(Throwable cause) {
        lock.lock();
        try {
            logger.error("A thread of pipeline {} died; it accepts no more and has to be closed", name, cause);
            death = death == null ? cause : death;
            gauge.become(PipelineState.ERROR);
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- timer ----

    /** Waits for batches to be overdue and ends them; returns false when the pipeline is over. */
    boolean awaitOverdue() throws InterruptedException {
        List<Ending<T>> endings = new ArrayList<>();
        boolean more;
        lock.lock();
        try {
            long left = endOverdue(endings);
            while (endings.isEmpty() && !over) {
                // A batch that starts later is due later: only a resting timer has to be told of it.
                timerRests = running.isEmpty();
                if (timerRests) {
                    timer.await();
                } else {
                    timer.awaitNanos(left);
                }
                left = endOverdue(endings);
            }
            timerRests = false;
            more = !over;
        } finally {
            lock.unlock();
        }
        tell(endings);
        return more;
    }

    private long endOverdue(List<Ending<T>> endings) {
        long left = running.endOverdue(nanoTime.getAsLong(), settings, endings);
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
            long mark = epochs.mark();
            while (!epochs.isSettled(mark)) {
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
                    gauge.become(PipelineState.DRAINING);
                }
                notFull.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes dead letters of everything that has no outcome, interrupts busy workers and tells all threads to end. */
    void abandon() {
        List<Ending<T>> endings = new ArrayList<>();
        lock.lock();
        try {
            running.abandon(System.nanoTime(), death, endings);
            noteFill();
            over = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
        tell(endings);
    }

    void stopped() {
        lock.lock();
        try {
            figures.stop(System.nanoTime());
            gauge.become(PipelineState.STOPPED);
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
            gauge.become(PipelineState.RUNNING);
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
        gauge.fill(lanes.size(), settings);
        if (isAccepting()) {
            gauge.become(lanes.size() >= settings.limit() ? PipelineState.BACKPRESSURE : PipelineState.RUNNING);
        }
    }

    PipelineState state() {
        return gauge.state();
    }

    BackpressureLevel level() {
        return gauge.level();
    }

    PipelineMetrics metrics() {
        lock.lock();
        try {
            long now = System.nanoTime();
            return figures.metrics(
                    lanes.size(),
                    running.fragments(),
                    settings.capacity(),
                    running.batchSize(),
                    gauge.level(),
                    running.busyNanos(now),
                    now);
        } finally {
            lock.unlock();
        }
    }
}

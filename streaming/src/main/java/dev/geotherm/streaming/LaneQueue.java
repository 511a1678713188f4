package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetter;
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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor of one pipeline: its lanes, running batches, state and figures under one lock.
 *
 * <p>A batch is ended by whoever removes it from {@link #running}: its worker, the timer or close. So each fragment has one
 * outcome, however late a processor returns. Outcomes and events are told outside of the lock.
 */
final class LaneQueue<T> {
    private static final Logger logger = LoggerFactory.getLogger(LaneQueue.class);

    private final String name;
    private final Announcer<T> announcer;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Condition timer = lock.newCondition();

    private final Lanes<T> lanes = new Lanes<>();
    private final List<Work<T>> running = new ArrayList<>();
    private final Epochs epochs = new Epochs();
    private final Figures figures;
    private final BatchSize batchSize;
    private LanePipelinesSettings settings;
    private PipelineState state = PipelineState.STARTING;
    private BackpressureLevel level = BackpressureLevel.NONE;
    private int workers;
    private boolean refusing;
    private boolean over;
    private boolean timerRests;
    private @Nullable Throwable death;

    LaneQueue(String name, LanePipelinesSettings settings, Announcer<T> announcer, LongSupplier nanoTime) {
        this.name = name;
        this.settings = settings;
        this.announcer = announcer;
        this.nanoTime = nanoTime;
        this.figures = new Figures(nanoTime.getAsLong());
        this.batchSize = new BatchSize(settings);
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
            Work<T> work = new Work<>(lanes.take(batchSize.get()), Thread.currentThread(), now);
            running.add(work);
            for (Entry<T> entry : work.entries) {
                entry.attempts++;
                notFull.signal();
            }
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
            if (running.contains(work)) {
                end(work, thrown, false, nanoTime.getAsLong(), endings);
            }
        } finally {
            lock.unlock();
            Thread.interrupted(); // meant for the processor; sent under the lock, so none comes after this
        }
        tell(endings);
    }

    private void end(Work<T> work, @Nullable Throwable thrown, boolean timedOut, long now, List<Ending<T>> endings) {
        long took = now - work.startedNanos;
        int size = work.entries.size();
        running.remove(work);
        figures.timeouts += timedOut ? 1 : 0;
        if ((thrown == null && !work.entries.get(0).alone) || timedOut) {
            batchSize.learn(size, took, settings);
        }
        noteBatch(size, thrown == null ? work.failures.size() : size, took);
        for (int i = size - 1; i >= 0; i--) { // backwards, so that what is put back keeps its order
            Entry<T> entry = work.entries.get(i);
            Throwable own = timedOut ? null : work.failures.get(entry);
            if (own != null) {
                fail(entry, own, true, endings);
            } else if (thrown != null) {
                fail(entry, thrown, size == 1, endings);
            } else {
                figures.processed++;
                endings.add(new Ending<>(entry, new Outcome.Processed(entry.attempts)));
            }
        }
        noteFill();
    }

    private void noteBatch(int size, int failed, long took) {
        figures.busyNanos += took;
        figures.batches++;
        announcer.note(listener -> listener.onBatch(size, failed, Duration.ofNanos(took)));
    }

    private void fail(Entry<T> entry, Throwable error, boolean own, List<Ending<T>> endings) {
        entry.error = error;
        if (!own) {
            entry.alone = true;
            lanes.putBack(entry);
        } else if (entry.failures < settings.maxRetries()) {
            entry.failures++;
            entry.lane = entry.lane.lower();
            lanes.add(entry);
        } else {
            endings.add(bury(entry, error));
            return;
        }
        figures.retried++;
        notEmpty.signal();
    }

    private Ending<T> bury(Entry<T> entry, Throwable error) {
        figures.dead++;
        DeadLetter<T> letter = new DeadLetter<>(entry.fragment, entry.attempts, error);
        announcer.note(listener -> listener.onDeadLetter(letter));
        return new Ending<>(entry, new Outcome.Dead(entry.attempts, error));
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
            noteState(PipelineState.ERROR);
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

    /** Ends the batches that are overdue, and returns the nanoseconds until the next one will be. */
    private long endOverdue(List<Ending<T>> endings) {
        long now = nanoTime.getAsLong();
        long timeout = TimeUnit.NANOSECONDS.convert(settings.batchTimeout());
        long nearest = timeout;
        for (Work<T> work : List.copyOf(running)) {
            long left = timeout - (now - work.startedNanos);
            if (left <= 0) {
                end(work, overdue(), true, now, endings);
                work.worker.interrupt();
            } else {
                nearest = Math.min(nearest, left);
            }
        }
        return nearest;
    }

    private TimeoutException overdue() {
        return new TimeoutException("a batch of pipeline " + name + " took longer than the batch timeout of "
                + settings.batchTimeout().toMillis() + " ms and was interrupted");
    }

    // ---- the end ----

    /** Waits until what was accepted before the call has its outcome. */
    boolean awaitSettled(Duration limit) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(limit);
        lock.lockInterruptibly();
        try {
            long mark = epochs.mark();
            while (!epochs.isSettled(mark)) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = settled.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what close waits for: every outcome, or the death of the pipeline's threads. */
    void awaitEnd(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            long mark = epochs.mark();
            while (death == null && left > 0 && !epochs.isSettled(mark)) {
                left = settled.awaitNanos(left);
            }
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
                    noteState(PipelineState.DRAINING);
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
            long now = System.nanoTime();
            for (Work<T> work : running) {
                noteBatch(work.entries.size(), work.entries.size(), now - work.startedNanos);
                work.entries.forEach(entry -> endings.add(bury(entry, leftOver(entry, "still in a batch"))));
                work.worker.interrupt();
            }
            running.clear();
            lanes.takeAll().forEach(entry -> endings.add(bury(entry, leftOver(entry, "still waiting"))));
            noteFill();
            over = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
        tell(endings);
    }

    private Throwable leftOver(Entry<T> entry, String where) {
        if (entry.error != null) {
            return entry.error; // of more use than that there was no time for another try
        }
        return new IllegalStateException(
                "pipeline " + name + " was closed while fragment " + entry.fragment.id() + " was " + where, death);
    }

    void stopped() {
        lock.lock();
        try {
            figures.stop(System.nanoTime());
            noteState(PipelineState.STOPPED);
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
            noteState(PipelineState.RUNNING);
        } finally {
            lock.unlock();
        }
    }

    void reconfigure(LanePipelinesSettings newSettings) {
        lock.lock();
        try {
            settings = newSettings;
            batchSize.limit(newSettings);
            noteFill();
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    private void noteFill() {
        BackpressureLevel from = level;
        level = BackpressureLevel.of((double) lanes.size() / settings.capacity());
        if (level != from) {
            BackpressureLevel to = level;
            figures.note(to);
            announcer.note(listener -> listener.onLevel(from, to));
        }
        if (isAccepting()) {
            noteState(lanes.size() >= settings.limit() ? PipelineState.BACKPRESSURE : PipelineState.RUNNING);
        }
    }

    private void noteState(PipelineState to) {
        PipelineState from = state;
        if (from != to) {
            state = to;
            announcer.note(listener -> listener.onState(from, to));
        }
    }

    PipelineState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    BackpressureLevel level() {
        lock.lock();
        try {
            return level;
        } finally {
            lock.unlock();
        }
    }

    PipelineMetrics metrics() {
        lock.lock();
        try {
            long now = System.nanoTime();
            long busy = 0;
            int inFlight = 0;
            for (Work<T> work : running) {
                busy += now - work.startedNanos;
                inFlight += work.entries.size();
            }
            return figures.metrics(lanes.size(), inFlight, settings.capacity(), batchSize.get(), level, busy, now);
        } finally {
            lock.unlock();
        }
    }
}

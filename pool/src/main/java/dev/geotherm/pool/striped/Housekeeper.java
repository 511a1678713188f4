package dev.geotherm.pool.striped;

import dev.geotherm.api.FailureLog;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The housekeeper of a component: scheduled tasks that process cleared references, sweep and clean up the pools, and
 * trim them under memory pressure.
 *
 * <p>Polling the reference queue also detects collections: one reference is a canary to a referent that is unreachable
 * from the start, so the next collection enqueues it. After a collection, the pools weaken their references to objects
 * in use twice, so that the next collection clears those of leaked objects.
 *
 * <p>A failure of a task, such as an error of an allocator, does not end the tasks. Running out of memory counts as
 * memory pressure. A task may fail at any point, because memory may run out at any point, so it writes its state before
 * it allocates anything, and a later run completes the work.
 */
final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

    /** The maximum time between the enqueuing of a reference and its processing. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final ReferenceQueue<Object> cleared = new ReferenceQueue<>();
    private final Scheduler scheduler;
    private final Supplier<StripedPoolsSettings> settings;
    private final Duties duties;
    private final FailureLog trims = newLog();

    private List<ScheduledTask> tasks = new ArrayList<>();
    private volatile List<Duration> intervals = List.of();
    private boolean closed;

    /** The number of times that the pools must still weaken references to objects in use since the last collection. */
    private int pendingWeakenings;

    /** Whether there was a collection that has not been reported to the pools. */
    private boolean collected;

    /** The reference that the next collection enqueues; null if it has to be created. */
    private @Nullable Reference<?> canary;

    /** A slot that was removed from the queue but has not been processed. */
    private @Nullable Slot<?> unfinished;

    private volatile boolean pressure;

    /** The duties of the tasks. */
    interface Duties {
        /** Reacts to a recent collection. */
        void collected();

        /** Weakens the references to objects in use. */
        void weakenReferences();

        /** Sweeps the pools. */
        void sweep();

        /** Adapts the pools to demand. */
        void cleanUp();

        /** Trims the pools because of memory pressure. */
        void trim();
    }

    Housekeeper(Scheduler scheduler, Supplier<StripedPoolsSettings> settings, Duties duties) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.duties = duties;
    }

    /** Schedules the tasks at the intervals in the settings, replacing earlier ones; all or none of them. */
    void start() {
        StripedPoolsSettings inForce = settings.get();
        Duration sweep = inForce.sweepInterval();
        List<ScheduledTask> before;
        synchronized (this) {
            if (closed) {
                return;
            }
            List<ScheduledTask> started = new ArrayList<>();
            try {
                started.add(every(sweep.compareTo(POLL_INTERVAL) < 0 ? sweep : POLL_INTERVAL, this::poll));
                started.add(every(sweep, duties::sweep));
                started.add(every(inForce.cleanupInterval(), duties::cleanUp));
            } catch (Throwable failed) {
                cancel(started);
                throw failed;
            }
            before = tasks;
            intervals = List.of(sweep, inForce.cleanupInterval());
            tasks = started;
        }
        try {
            cancel(before); // without the lock, because it waits for a running task
        } catch (Throwable failed) {
            synchronized (this) {
                tasks.addAll(before);
            }
            throw failed;
        }
    }

    /** Cancels tasks and removes cancelled ones from the list; each even if others fail. */
    private static void cancel(List<ScheduledTask> tasks) {
        Throwable first = null;
        for (ScheduledTask task : List.copyOf(tasks)) {
            try {
                task.cancel();
                tasks.remove(task);
            } catch (RuntimeException | Error failed) {
                first = first == null ? failed : first;
            }
        }
        if (first instanceof Error error) {
            throw error;
        } else if (first != null) {
            throw (RuntimeException) first;
        }
    }

    /** Applies changed intervals. */
    void settingsChanged() {
        StripedPoolsSettings inForce = settings.get();
        if (!intervals.equals(List.of(inForce.sweepInterval(), inForce.cleanupInterval()))) {
            start();
        }
    }

    private ScheduledTask every(Duration interval, Runnable task) {
        FailureLog failures = newLog();
        return scheduler.every(interval, () -> perform(task, failures));
    }

    private static FailureLog newLog() {
        return new FailureLog("the housekeeping of the pools failed and is tried again", LOG::warn);
    }

    /** Returns the reference queue of the slots. */
    ReferenceQueue<Object> cleared() {
        return cleared;
    }

    /** Requests a trim of the pools; returns immediately, because a thread of the JVM calls it. */
    void trimSoon() {
        pressure = true;
        try {
            scheduler.after(Duration.ZERO, () -> perform(this::trimIfNeeded, trims));
        } catch (OutOfMemoryError | IllegalStateException closedOrFull) {
            // The next poll sees the flag.
        }
    }

    private void trimIfNeeded() {
        if (pressure) {
            pressure = false;
            duties.trim();
        }
    }

    private void poll() {
        trimIfNeeded();
        processCleared();
        if (collected) {
            collected = false;
            duties.collected();
        }
        if (canary == null) {
            canary = new WeakReference<>(new Object(), cleared);
        }
        if (pendingWeakenings > 0) {
            pendingWeakenings--;
            duties.weakenReferences();
        }
    }

    private void processCleared() {
        for (Slot<?> slot = unfinished == null ? takeSlot() : unfinished; slot != null; slot = takeSlot()) {
            unfinished = slot;
            collected(slot);
            unfinished = null;
        }
    }

    /** Takes the next slot from the queue; returns null if it is empty. */
    private @Nullable Slot<?> takeSlot() {
        for (Reference<?> found = cleared.poll(); found != null; found = cleared.poll()) {
            if (found == canary) {
                canary = null;
                collected = true;
                pendingWeakenings = 2;
            } else if (found instanceof Slot<?> slot) {
                return slot;
            }
        }
        return null;
    }

    private static <T> void collected(Slot<T> slot) {
        slot.pool.collected(slot);
    }

    /** Runs a task; its failure does not affect later tasks. Never fails itself. */
    private void perform(Runnable task, FailureLog failures) {
        try {
            task.run();
            failures.succeeded();
        } catch (Throwable failed) {
            if (failed instanceof OutOfMemoryError) {
                pressure = true;
            } else {
                unfinished = null; // it might fail forever; a sweep sees the slot again
            }
            report(failed, failures);
        }
    }

    private void report(Throwable failed, FailureLog failures) {
        try {
            failures.failed(failed);
        } catch (Throwable unlogged) { // too little memory to log
            if (unlogged instanceof OutOfMemoryError) {
                pressure = true;
            }
        }
    }

    /** Cancels the tasks and waits for a running one to end, unless it is the caller. If it throws, call it again. */
    @Override
    public void close() {
        List<ScheduledTask> last;
        synchronized (this) {
            closed = true;
            last = new ArrayList<>(tasks);
        }
        cancel(last);
    }
}

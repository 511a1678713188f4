package dev.geotherm.streaming;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The timer of a pipeline's batch timeout: at most one scheduled check, and only while batches run.
 *
 * <p>A batch that starts while a check is scheduled needs no second one: all batches have the same timeout, so it is due later,
 * and the scheduled check schedules the next one. Short batches therefore cost the scheduler nothing. Guarded by the queue's
 * monitor.
 */
final class BatchTimer {
    private final Scheduler scheduler;
    private final LongConsumer check;
    private @Nullable ScheduledTask pending;
    private long number;

    /**
     * Creates a timer without a task.
     *
     * @param check run by the scheduler with the check's number, which it passes to {@link #started} under the monitor
     */
    BatchTimer(Scheduler scheduler, LongConsumer check) {
        this.scheduler = scheduler;
        this.check = check;
    }

    /** Schedules a check, unless one is scheduled. */
    void schedule(long nanos) {
        if (pending == null) {
            long mine = ++number;
            pending = scheduler.after(Duration.ofNanos(Math.max(0, nanos)), () -> check.accept(mine));
        }
    }

    /** Records that a check has started, so that another can be scheduled; ignores a check that was removed. */
    void started(long started) {
        if (started == number) {
            pending = null;
        }
    }

    /** Removes and returns the scheduled check, to be cancelled without the lock; null if none is scheduled. */
    @Nullable
    ScheduledTask remove() {
        ScheduledTask removed = pending;
        pending = null;
        return removed;
    }
}

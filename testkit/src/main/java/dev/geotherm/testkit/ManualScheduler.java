package dev.geotherm.testkit;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that tests advance manually: tasks run on the thread that calls {@link #advance}, in the order in which
 * they are due, with the clock set to the time at which each is due.
 *
 * <p>Pass it to a component with {@code ComponentContext.standalone(…).withClock(clock).withScheduler(scheduler)}. {@link
 * #advance} throws the exceptions of tasks. Thread-safe.
 */
public final class ManualScheduler implements Scheduler {
    private final SettableClock clock;
    private final List<Entry> scheduled = new ArrayList<>();

    /** Creates a scheduler that advances the given clock. */
    public ManualScheduler(SettableClock clock) {
        this.clock = clock;
    }

    /**
     * Advances the clock and runs every task that becomes due, a periodic task once per period.
     */
    public void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        for (Optional<Entry> due = next(end); due.isPresent(); due = next(end)) {
            Entry entry = due.get();
            if (entry.due.isAfter(clock.instant())) {
                clock.advance(Duration.between(clock.instant(), entry.due));
            }
            entry.run();
        }
        if (end.isAfter(clock.instant())) {
            clock.advance(Duration.between(clock.instant(), end));
        }
    }

    /** Returns the number of scheduled tasks. */
    public synchronized int scheduled() {
        return scheduled.size();
    }

    private synchronized Optional<Entry> next(Instant end) {
        return scheduled.stream()
                .filter(entry -> !entry.due.isAfter(end))
                .min(Comparator.comparing(entry -> entry.due));
    }

    @Override
    public ScheduledTask every(Duration delay, Runnable task) {
        if (delay.isZero() || delay.isNegative()) {
            throw new IllegalArgumentException("the delay must be positive, was " + delay);
        }
        return add(new Entry(clock.instant().plus(delay), delay, task));
    }

    @Override
    public ScheduledTask after(Duration delay, Runnable task) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the delay must not be negative, was " + delay);
        }
        return add(new Entry(clock.instant().plus(delay), null, task));
    }

    private synchronized ScheduledTask add(Entry entry) {
        scheduled.add(entry);
        return entry;
    }

    private synchronized void remove(Entry entry) {
        scheduled.remove(entry);
    }

    private final class Entry implements ScheduledTask {
        private final @Nullable Duration delay;
        private final Runnable task;
        private volatile Instant due;

        Entry(Instant due, @Nullable Duration delay, Runnable task) {
            this.due = due;
            this.delay = delay;
            this.task = task;
        }

        private synchronized void run() {
            if (delay == null) {
                remove(this);
            }
            try {
                task.run();
            } finally {
                if (delay != null) {
                    due = clock.instant().plus(delay);
                }
            }
        }

        @Override
        public void cancel() {
            remove(this);
            awaitRun();
        }

        private synchronized void awaitRun() {
            // While this thread holds the monitor, no other thread is running the task.
        }
    }
}

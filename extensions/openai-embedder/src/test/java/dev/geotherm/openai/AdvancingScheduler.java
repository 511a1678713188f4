package dev.geotherm.openai;

import dev.geotherm.api.RateLimits;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A scheduler for which time passes as soon as a task waits for it, so that waits take no time; it records them. */
final class AdvancingScheduler implements Scheduler {
    final SettableClock clock = new SettableClock();
    final RateLimits limits = new RateLimits(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()));
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

    @Override
    public ScheduledTask after(Duration delay, Runnable task) {
        waits.add(delay);
        synchronized (this) {
            clock.advance(delay);
        }
        task.run();
        return () -> {};
    }

    @Override
    public ScheduledTask every(Duration delay, Runnable task) {
        throw new UnsupportedOperationException("the embedder has no periodic task");
    }
}

package dev.geotherm.engine;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The peak heap usage, including garbage, sampled every 50 milliseconds. The JVM's peaks per memory pool are no alternative:
 * they occur at different times, and their sum can exceed the maximum heap size.
 */
final class HeapPeak implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final AtomicLong highest = new AtomicLong();
    private final ScheduledTask task;

    /** Starts sampling. */
    HeapPeak(Scheduler scheduler) {
        task = scheduler.every(INTERVAL, this::sample);
    }

    private void sample() {
        highest.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max);
    }

    long bytes() {
        sample();
        return highest.get();
    }

    @Override
    public void close() {
        task.cancel();
    }
}

package dev.geotherm.commonspool2;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a component, which cleans up at intervals. */
final class Upkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final long PATIENCE_SECONDS = 10;

    private final ScheduledExecutorService executor;
    private final Runnable cleanUp;
    private volatile @Nullable Thread thread;
    private @Nullable Future<?> schedule;

    Upkeep(String instance, Runnable cleanUp) {
        this.cleanUp = cleanUp;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "geotherm-" + instance + "-upkeep");
            made.setDaemon(true);
            thread = made;
            return made;
        });
    }

    synchronized void every(Duration interval) {
        if (schedule != null) {
            schedule.cancel(false);
        }
        long nanos = interval.toNanos();
        schedule = executor.scheduleWithFixedDelay(this::run, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void run() {
        try {
            cleanUp.run();
        } catch (RuntimeException failed) {
            log.error("the clean-up of the pools failed and is tried again", failed);
        }
    }

    /** Ends the thread, unless it is the caller itself, which then ends when it returns. */
    @Override
    public void close() {
        executor.shutdown();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("the upkeep of the pools is inside of an allocator and is interrupted");
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

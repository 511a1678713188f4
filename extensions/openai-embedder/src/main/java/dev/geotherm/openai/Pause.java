package dev.geotherm.openai;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Waits for time to pass, by the component's scheduler; its close ends every wait. Safe for use by many threads. */
final class Pause implements AutoCloseable {
    private final Scheduler scheduler;
    private final Set<CountDownLatch> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Pause(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Waits.
     *
     * @throws IllegalStateException if it is closed before the time is over
     */
    void await(Duration time) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        waits.add(over);
        try {
            requireOpen();
            ScheduledTask wake = scheduler.after(time, over::countDown);
            try {
                over.await();
            } finally {
                wake.cancel();
            }
            requireOpen();
        } finally {
            waits.remove(over);
        }
    }

    /** Waits for a number of nanoseconds. */
    void atMost(long nanos) throws InterruptedException {
        await(Duration.ofNanos(nanos));
    }

    /** Throws if it is closed. */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the embedder is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        waits.forEach(CountDownLatch::countDown);
    }
}

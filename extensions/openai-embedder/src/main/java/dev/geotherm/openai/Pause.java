package dev.geotherm.openai;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A thread-safe pause on the component's scheduler. Closing it ends every wait. */
final class Pause implements AutoCloseable {
    private final Scheduler scheduler;
    private final Set<CountDownLatch> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Pause(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Waits for a time.
     *
     * @throws IllegalStateException if this object is closed before the time is over
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

    /** Waits for at most a number of nanoseconds. */
    void atMost(long nanos) throws InterruptedException {
        await(Duration.ofNanos(nanos));
    }

    /** Throws an exception if this object is closed. */
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

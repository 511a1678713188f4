package dev.geotherm.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a component: takes in lost objects as the collector reports them, cleans up at intervals, and relieves
 * when memory is short.
 *
 * <p>It sleeps in the queue of lost references; what else it has to do wakes it by a reference of its own in there.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final long PATIENCE_MILLIS = 10_000;

    private final ReferenceQueue<Object> lost = new ReferenceQueue<>();
    private final Supplier<Duration> interval;
    private final Runnable cleanUp;
    private final Runnable relieve;
    private final Thread thread;

    private volatile boolean closed;
    private volatile boolean memoryIsShort;
    private volatile boolean intervalChanged;

    Upkeep(String instance, Supplier<Duration> interval, Runnable cleanUp, Runnable relieve) {
        this.interval = interval;
        this.cleanUp = cleanUp;
        this.relieve = relieve;
        this.thread = new Thread(this::run, "geotherm-" + instance + "-upkeep");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns the queue to which records of objects that are handed out belong. */
    ReferenceQueue<Object> lost() {
        return lost;
    }

    /** Has the pools relieved soon; returns at once, because it is called by a thread of the JVM. */
    void relieveSoon() {
        memoryIsShort = true;
        wake();
    }

    void intervalChanged() {
        intervalChanged = true;
        wake();
    }

    private void wake() {
        new WeakReference<>(new Object(), lost).enqueue();
    }

    private void run() {
        long next = System.nanoTime() + interval.get().toNanos();
        while (!closed) {
            try {
                long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()));
                Reference<?> found = lost.remove(millis);
                if (found instanceof Pooled<?> pooled) {
                    pooled.abandon();
                }
                if (intervalChanged) {
                    intervalChanged = false;
                    next = System.nanoTime() + interval.get().toNanos();
                }
                if (memoryIsShort) {
                    memoryIsShort = false;
                    relieve.run();
                }
                if (!closed && System.nanoTime() - next >= 0) {
                    cleanUp.run();
                    next = System.nanoTime() + interval.get().toNanos();
                }
            } catch (InterruptedException interrupted) {
                log.debug("interrupted; only close() ends the upkeep", interrupted);
            } catch (RuntimeException failed) {
                log.error("the upkeep of the pools failed and goes on", failed);
            }
        }
    }

    /** Ends the thread, unless it is the caller itself, which then ends when it returns. */
    @Override
    public void close() {
        closed = true;
        wake();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(PATIENCE_MILLIS);
            if (thread.isAlive()) {
                log.warn("{} is inside of an allocator and is interrupted", thread.getName());
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.geotherm.diff.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that call the subscribers of all tracked states of a component; they exist while there is work.
 *
 * <p>One thread, as long as subscribers return. When work waits and none has been begun for 20 ms, another joins: so a
 * subscriber that does not return holds the others up for that long once, and there are never more threads than
 * subscribers that are being called, and one.
 */
public class DeltaDelivery {
    private static final long IDLE_SECONDS = 10;
    private static final long PATIENCE_MILLIS = 20;

    private final ThreadPoolExecutor executor;
    private final Executor later =
            CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);
    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicLong begun = new AtomicLong();

    public DeltaDelivery(String instance) {
        executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> new Worker(instance, work));
        executor.allowCoreThreadTimeOut(true);
    }

    private final class Worker extends Thread {
        Worker(String instance, Runnable work) {
            super(work, "geotherm-" + instance + "-deltas");
            setDaemon(true);
        }

        DeltaDelivery home() {
            return DeltaDelivery.this;
        }
    }

    /** Has the work done later; returns false if this is closed. */
    boolean execute(Runnable work) {
        try {
            executor.execute(() -> run(work));
        } catch (RejectedExecutionException closed) {
            return false;
        }
        if (watched.compareAndSet(false, true)) {
            watch(begun.get());
        }
        return true;
    }

    private void run(Runnable work) {
        begun.incrementAndGet();
        long start = System.nanoTime();
        try {
            work.run();
        } finally {
            if (System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                resize(-1);
            }
        }
    }

    private void watch(long begunBefore) {
        later.execute(() -> {
            if (executor.getQueue().isEmpty() || executor.isShutdown()) {
                watched.set(false);
                if (executor.getQueue().isEmpty() || !watched.compareAndSet(false, true)) {
                    return;
                }
            } else if (begun.get() == begunBefore) {
                resize(1);
            }
            if (!executor.isShutdown()) {
                watch(begun.get());
            }
        });
    }

    private synchronized void resize(int by) {
        int size = Math.max(1, executor.getCorePoolSize() + by);
        if (by > 0) {
            executor.setMaximumPoolSize(size);
            executor.setCorePoolSize(size);
        } else {
            executor.setCorePoolSize(size);
            executor.setMaximumPoolSize(size);
        }
    }

    /** Returns whether the caller is a subscriber that was called from here, who must not wait for itself. */
    boolean isCurrentThread() {
        return Thread.currentThread() instanceof Worker worker && worker.home() == this;
    }

    /** Ends the threads; whoever they are calling is interrupted. */
    public void close() {
        executor.shutdownNow();
        if (!isCurrentThread()) {
            boolean interrupted = false;
            try {
                executor.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException wanted) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

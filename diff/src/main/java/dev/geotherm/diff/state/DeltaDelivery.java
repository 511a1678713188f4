package dev.geotherm.diff.state;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher that calls the subscribers of all tracked states of a component, on the component's blocking executor.
 *
 * <p>One worker drains the queue as long as subscribers return. If work waits and no task has started for 20 ms,
 * another worker is added. So a blocked subscriber delays the others only once, by that time, and there is at most one
 * worker more than subscribers being called. A worker that was blocked ends if there are others.
 */
public class DeltaDelivery {
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final ExecutorService executor;
    private final Scheduler scheduler;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger workers = new AtomicInteger();
    private final Set<Thread> callers = ConcurrentHashMap.newKeySet();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile @Nullable ScheduledTask watch;
    private volatile boolean closed;

    /** Creates a dispatcher without a thread. */
    public DeltaDelivery(ComponentContext context) {
        executor = context.blockingExecutor("deltas");
        scheduler = context.scheduler();
    }

    /** Queues a task; returns false if this is closed. */
    boolean execute(Runnable work) {
        if (closed) {
            return false;
        }
        queue.add(work);
        if (!startFirstWorker()) {
            watchWorkers();
        }
        return !closed;
    }

    private boolean startFirstWorker() {
        boolean first = workers.compareAndSet(0, 1);
        if (first) {
            start();
        }
        return first;
    }

    private void start() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException shutDown) {
            workers.decrementAndGet();
            closed = true;
        }
    }

    private void drain() {
        Thread caller = Thread.currentThread();
        callers.add(caller);
        try {
            for (Runnable work = queue.poll(); work != null && !closed; work = queue.poll()) {
                begun.incrementAndGet();
                long start = System.nanoTime();
                work.run();
                if (!closed) {
                    Thread.interrupted(); // which a subscriber may have left set
                }
                if (System.nanoTime() - start >= PATIENCE.toNanos() && workers.get() > 1) {
                    break;
                }
            }
        } finally {
            callers.remove(caller);
            workers.decrementAndGet();
            if (!queue.isEmpty() && !closed) {
                startFirstWorker();
            }
        }
    }

    /** Adds a worker if tasks wait for too long. */
    private void watchWorkers() {
        if (watched.compareAndSet(false, true)) {
            watchFrom(begun.get());
        }
    }

    private void watchFrom(long begunBefore) {
        if (!closed) {
            watch = scheduler.after(PATIENCE, () -> watch(begunBefore));
        }
    }

    private void watch(long begunBefore) {
        if (queue.isEmpty()) {
            watched.set(false);
            if (!queue.isEmpty()) {
                watchWorkers();
            }
            return;
        }
        if (begun.get() == begunBefore && !closed) {
            workers.incrementAndGet();
            start();
        }
        watchFrom(begun.get());
    }

    /** Returns the number of workers. */
    int workers() {
        return workers.get();
    }

    /** Returns whether the calling thread is a worker, which must not wait for itself. */
    boolean isCurrentThread() {
        return callers.contains(Thread.currentThread());
    }

    /** Drops queued tasks and ends the workers; subscribers being called are interrupted. Idempotent. */
    public void close() {
        closed = true;
        ScheduledTask pending = watch;
        if (pending != null) {
            pending.cancel();
        }
        queue.clear();
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

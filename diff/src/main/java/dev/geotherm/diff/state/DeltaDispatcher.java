package dev.geotherm.diff.state;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.FailureLog;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.StackRoom;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dispatcher that calls the subscribers of all tracked states of a component, on the component's blocking executor.
 *
 * <p>One worker drains the queue while subscribers return promptly. If work waits and no task has started for 20 ms,
 * another worker is added. A blocked subscriber therefore delays the others only once, by that time, and there is at
 * most one more worker than subscribers being called. A worker that was blocked ends if there are others.
 *
 * <p>While there are subscriptions, each is also signalled every second, so an update arrives even if an error, such as
 * a stack overflow of the writer or a thread that cannot be created, prevented it from being queued.
 */
public class DeltaDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaDispatcher.class);

    /** The stack space for the locks of libraries and the JDK, which a stack overflow would leave held. */
    private static final int STACK_KILOBYTES = 16;

    private static final Duration PATIENCE = Duration.ofMillis(20);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final ExecutorService executor;
    private final Scheduler scheduler;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final Object lock = new Object();
    private int workers;
    private final Set<Thread> callers = ConcurrentHashMap.newKeySet();
    private final AtomicLong begun = new AtomicLong();
    private volatile boolean watched;
    private volatile @Nullable ScheduledTask watch;
    private final Set<DeltaSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final FailureLog sweeps =
            new FailureLog("a subscriber could not be called; this is retried every second", LOG::error);
    /** Guarded by the lock. */
    private @Nullable ScheduledTask sweep;

    private volatile boolean closed;

    /** Creates a dispatcher without a thread. */
    public DeltaDispatcher(ComponentContext context) {
        executor = context.blockingExecutor("deltas");
        scheduler = context.scheduler();
    }

    /** Signals a subscription every second until it is unregistered. */
    void register(DeltaSubscription subscription) {
        StackRoom.require(STACK_KILOBYTES);
        subscriptions.add(subscription);
        synchronized (lock) {
            if (sweep == null && !closed) {
                sweep = scheduler.every(SWEEP, this::sweep);
            }
        }
    }

    void unregister(DeltaSubscription subscription) {
        subscriptions.remove(subscription);
    }

    private void sweep() {
        subscriptions.forEach(subscription -> attempt(subscription::signal));
        if (!queue.isEmpty() && !closed) {
            attempt(this::startFirstWorker);
        }
        synchronized (lock) {
            ScheduledTask own = sweep;
            if (own != null && subscriptions.isEmpty()) {
                sweep = null;
                own.cancel();
            }
        }
    }

    private void attempt(Runnable call) {
        try {
            call.run();
        } catch (Throwable failed) {
            sweeps.failed(failed);
        }
    }

    /**
     * Queues a task; returns false if the dispatcher is closed. If it throws, the task may still be queued; the next
     * call then starts a worker for it.
     */
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

    // Counts and flags are reset by assignments, without calls, so that they are correct even after a
    // StackOverflowError.

    private boolean startFirstWorker() {
        synchronized (lock) {
            if (workers > 0) {
                return false;
            }
            workers = 1;
        }
        startCounted();
        return true;
    }

    /** Starts a worker that is already counted. */
    private void startCounted() {
        boolean started = false;
        try {
            StackRoom.require(STACK_KILOBYTES);
            executor.execute(this::drain);
            started = true;
        } catch (RejectedExecutionException shutDown) {
            closed = true;
        } finally {
            if (!started) {
                synchronized (lock) {
                    workers--;
                }
            }
        }
    }

    private void drain() {
        Thread caller = Thread.currentThread();
        try {
            callers.add(caller);
            for (Runnable work = queue.poll(); work != null && !closed; work = queue.poll()) {
                begun.incrementAndGet();
                long start = System.nanoTime();
                work.run();
                if (!closed) {
                    Thread.interrupted(); // a subscriber may have left the status set
                }
                if (System.nanoTime() - start >= PATIENCE.toNanos() && workers() > 1) {
                    break;
                }
            }
        } finally {
            synchronized (lock) {
                workers--;
            }
            callers.remove(caller);
            if (!queue.isEmpty() && !closed) {
                startFirstWorker();
            }
        }
    }

    /** Adds a worker if tasks wait for too long. */
    private void watchWorkers() {
        synchronized (lock) {
            if (watched) {
                return;
            }
            watched = true;
        }
        watchFrom(begun.get());
    }

    private void watchFrom(long begunBefore) {
        boolean scheduled = false;
        try {
            if (!closed) {
                StackRoom.require(STACK_KILOBYTES);
                watch = scheduler.after(PATIENCE, () -> watch(begunBefore));
                scheduled = true;
            }
        } finally {
            if (!scheduled) {
                watched = false;
            }
        }
    }

    private void watch(long begunBefore) {
        if (queue.isEmpty()) {
            watched = false;
            if (!queue.isEmpty()) {
                watchWorkers();
            }
            return;
        }
        try {
            if (begun.get() == begunBefore && !closed) {
                synchronized (lock) {
                    workers++;
                }
                startCounted();
            }
        } finally {
            watchFrom(begun.get());
        }
    }

    /** Returns the number of workers. */
    int workers() {
        synchronized (lock) {
            return workers;
        }
    }

    /** Returns whether the current thread is a worker, which must not wait for itself. */
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
        ScheduledTask periodic;
        synchronized (lock) {
            periodic = sweep;
            sweep = null;
        }
        if (periodic != null) {
            periodic.cancel();
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

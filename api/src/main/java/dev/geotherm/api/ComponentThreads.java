package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one component: its scheduler and its executors. All threads are daemons, named
 * {@code geotherm-<instance>-<role>-<number>}, and are counted while they live.
 *
 * <p>Platforms and {@link StandaloneContext} create one for each component; a component uses it through its {@link
 * ComponentContext}. Thread-safe.
 */
public final class ComponentThreads implements Scheduler, AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** The longest wait of {@link #close} for the threads of the scheduler, which have nothing left to do. */
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);

    private final String instance;
    private final UncaughtExceptionHandler failures;
    private final AtomicInteger alive = new AtomicInteger();
    private final Set<ExecutorService> executors = new HashSet<>();
    private final Set<Task> tasks = new HashSet<>();
    private final Set<Thread> schedulers = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledThreadPoolExecutor timer;
    private boolean closed;

    /**
     * Creates the threads of a component; none is started until it is needed.
     *
     * @param instance the component's instance name
     * @param failures receives the exceptions of tasks
     */
    public ComponentThreads(String instance, UncaughtExceptionHandler failures) {
        this.instance = requireNonNull(instance, "instance");
        this.failures = requireNonNull(failures, "failures");
    }

    /** Returns the number of live threads, including virtual ones. */
    public int alive() {
        return alive.get();
    }

    /** Implements {@link ComponentContext#computeExecutor}. */
    public synchronized ExecutorService compute(String role, int threads) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                platformThreads(role));
        executor.allowCoreThreadTimeOut(true);
        return register(executor);
    }

    /** Implements {@link ComponentContext#blockingExecutor}. */
    public synchronized ExecutorService blocking(String role) {
        ExecutorService executor = VirtualThreads.executor(threadName(role), failures, this::counted);
        return register(
                executor != null
                        ? executor
                        : new ThreadPoolExecutor(
                                0,
                                Integer.MAX_VALUE,
                                IDLE.toMillis(),
                                TimeUnit.MILLISECONDS,
                                new SynchronousQueue<>(),
                                platformThreads(role)));
    }

    private ExecutorService register(ExecutorService executor) {
        if (closed) {
            executor.shutdownNow();
            throw new IllegalStateException(closedMessage());
        }
        executors.removeIf(ExecutorService::isTerminated);
        executors.add(executor);
        return executor;
    }

    @Override
    public ScheduledTask every(Duration delay, Runnable task) {
        if (delay.isNegative() || delay.isZero()) {
            throw new IllegalArgumentException("the delay must be positive, was " + delay);
        }
        return schedule(new Task(task, true), delay);
    }

    @Override
    public ScheduledTask after(Duration delay, Runnable task) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the delay must not be negative, was " + delay);
        }
        return schedule(new Task(task, false), delay);
    }

    private synchronized ScheduledTask schedule(Task task, Duration delay) {
        if (closed) {
            throw new IllegalStateException(closedMessage());
        }
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1, schedulerThreads());
            timer.setRemoveOnCancelPolicy(true);
        }
        tasks.add(task);
        long nanos = TimeUnit.NANOSECONDS.convert(delay);
        task.future = task.repeats
                ? timer.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS)
                : timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        return task;
    }

    /** Ends the scheduler's thread when no task is left. */
    private synchronized void remove(Task task) {
        tasks.remove(task);
        if (tasks.isEmpty() && timer != null) {
            timer.shutdown();
            timer = null;
        }
    }

    /**
     * Cancels all tasks, waits for a running one and for the scheduler's thread to end, and shuts down the remaining
     * executors: their threads are interrupted but not awaited. An interrupt does not end the wait. A task may call this; its
     * own thread ends later. Idempotent.
     */
    @Override
    public void close() {
        Set<ExecutorService> left;
        Set<Task> scheduled;
        synchronized (this) {
            closed = true;
            left = new HashSet<>(executors);
            executors.clear();
            scheduled = new HashSet<>(tasks);
        }
        scheduled.forEach(Task::cancel);
        left.forEach(ExecutorService::shutdownNow);
        joinSchedulers();
    }

    private void joinSchedulers() {
        long deadline = System.nanoTime() + LAST_MOMENTS.toNanos();
        boolean interrupted = false;
        for (Thread thread : schedulers) {
            long left = deadline - System.nanoTime();
            while (thread != Thread.currentThread() && thread.isAlive() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, left);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
                left = deadline - System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String closedMessage() {
        return "the platform of " + instance + " is closed: it starts no more threads";
    }

    private String threadName(String role) {
        return "geotherm-" + instance + "-" + requireNonNull(role, "role");
    }

    private ThreadFactory platformThreads(String role) {
        String name = threadName(role);
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(counted(work), name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(failures);
            return thread;
        };
    }

    /** Returns a factory that records its threads until they have ended. */
    private ThreadFactory schedulerThreads() {
        ThreadFactory factory = platformThreads("scheduler");
        return work -> {
            Thread thread = factory.newThread(work);
            schedulers.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
            schedulers.add(thread);
            return thread;
        };
    }

    private Runnable counted(Runnable work) {
        return () -> {
            alive.incrementAndGet();
            try {
                work.run();
            } finally {
                alive.decrementAndGet();
            }
        };
    }

    /** A scheduled task; its monitor is held during a run, so that a cancellation can wait for the run to end. */
    private final class Task implements Runnable, ScheduledTask {
        private final Runnable work;
        private final boolean repeats;
        private volatile @Nullable Future<?> future;
        private volatile boolean cancelled;

        Task(Runnable work, boolean repeats) {
            this.work = requireNonNull(work, "task");
            this.repeats = repeats;
        }

        @Override
        public synchronized void run() {
            if (cancelled) {
                return;
            }
            try {
                work.run();
            } catch (Throwable failure) { // a scheduled executor would silently drop the task
                failures.uncaughtException(Thread.currentThread(), failure);
            } finally {
                if (!repeats) {
                    remove(this);
                }
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            Future<?> scheduled = future;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            remove(this);
            awaitRun();
        }

        private synchronized void awaitRun() {
            // Holding the monitor means that no run is in progress on another thread.
        }
    }
}

package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline: the queue, the threads around it, and its end. */
final class LanePipeline<T> implements IngestionPipeline<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LanePipeline.class);

    /** What a thread gets to end after it was told to. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String name;
    private final String threadPrefix;
    private final Consumer<LanePipeline<?>> whenClosed;
    private final LaneQueue<T> queue;
    private final EventDispatcher<T> dispatcher;
    private final Worker<T> worker;
    private final List<Thread> workers = new CopyOnWriteArrayList<>();
    private final Thread timer;
    private final Thread listening;
    private final ReentrantLock closing = new ReentrantLock();
    private volatile Duration closeTimeout;
    private volatile long refusedAt;
    private volatile boolean refuses;
    private boolean closed;
    private int started;

    LanePipeline(
            String name,
            String threadPrefix,
            FragmentProcessor<T> processor,
            PipelineListener<T> listener,
            LanePipelinesSettings settings,
            Consumer<LanePipeline<?>> whenClosed) {
        this(name, threadPrefix, processor, listener, settings, whenClosed, System::nanoTime);
    }

    LanePipeline(
            String name,
            String threadPrefix,
            FragmentProcessor<T> processor,
            PipelineListener<T> listener,
            LanePipelinesSettings settings,
            Consumer<LanePipeline<?>> whenClosed,
            LongSupplier nanoTime) {
        this.name = name;
        this.threadPrefix = threadPrefix;
        this.whenClosed = whenClosed;
        this.closeTimeout = settings.closeTimeout();
        this.dispatcher = new EventDispatcher<>(name, heard(name, listener));
        this.queue = new LaneQueue<>(name, settings, dispatcher, nanoTime);
        this.worker = new Worker<>(queue, processor, dispatcher);
        this.timer = thread(new BatchTimer<>(queue), "timer");
        this.listening = thread(dispatcher, "listener");
    }

    /** Starts the threads; when one cannot be started, none stays behind. */
    void start(LanePipelinesSettings settings) {
        try {
            listening.start();
            timer.start();
            reconfigure(settings);
            queue.started();
        } catch (Throwable failed) {
            queue.abandon();
            dispatcher.end();
            throw failed;
        }
    }

    void reconfigure(LanePipelinesSettings settings) {
        closeTimeout = settings.closeTimeout();
        queue.reconfigure(settings);
        workers.removeIf(thread -> !thread.isAlive());
        for (int missing = queue.missingWorkers(); missing > 0; missing--) {
            Thread thread = thread(worker, Integer.toString(++started));
            thread.start();
            workers.add(thread);
        }
    }

    private Thread thread(Runnable loop, String role) {
        Thread thread = new Thread(loop, threadPrefix + "-" + role);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void put(Fragment<T> fragment) throws InterruptedException {
        queue.put(fragment, null);
    }

    @Override
    public Offer offer(Fragment<T> fragment) {
        return queue.offer(fragment);
    }

    @Override
    public CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        queue.put(fragment, outcome);
        return outcome.minimalCompletionStage();
    }

    @Override
    public BackpressureLevel level() {
        return queue.level();
    }

    @Override
    public PipelineState state() {
        return queue.state();
    }

    @Override
    public PipelineMetrics metrics() {
        return queue.metrics();
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        return queue.awaitSettled(limit);
    }

    /** Starts to close: accepts no more, and the close timeout begins. */
    void refuse() {
        if (!refuses) {
            refusedAt = System.nanoTime();
            refuses = true;
        }
        queue.refuse();
    }

    /**
     * Checks that the current thread is none that close waits for.
     *
     * @throws IllegalStateException if it is
     */
    void checkCloser() {
        if (workers.contains(Thread.currentThread()) || Thread.currentThread() == timer) {
            throw new IllegalStateException("pipeline " + name
                    + " cannot be closed by a thread that processes its fragments, as closing waits for it");
        }
    }

    @Override
    public void close() {
        checkCloser();
        refuse();
        if (Thread.currentThread() != listening) {
            closing.lock();
        } else if (!closing.tryLock()) {
            return; // who closes it waits for this very thread
        }
        try {
            if (!closed) {
                end();
                closed = true;
            }
        } finally {
            closing.unlock();
        }
    }

    private void end() {
        Duration left = closeTimeout.minusNanos(System.nanoTime() - refusedAt);
        UninterruptibleWait.await(left, queue::awaitEnd);
        queue.abandon();
        List<Thread> completion = new ArrayList<>(workers);
        completion.add(timer);
        long start = System.nanoTime();
        for (Thread thread : completion) {
            UninterruptibleWait.join(thread, GRACE.minusNanos(System.nanoTime() - start));
            if (thread.isAlive()) {
                LOG.warn(
                        "Pipeline {} is closed, but thread {} is still busy: what it runs ignores interrupts",
                        name,
                        thread.getName());
            }
        }
        queue.stopped();
        dispatcher.end();
        if (Thread.currentThread() != listening) {
            UninterruptibleWait.join(listening, closeTimeout.compareTo(GRACE) > 0 ? closeTimeout : GRACE);
            if (listening.isAlive()) {
                LOG.warn("Pipeline {} is closed, but its listener has not heard everything yet", name);
            }
        }
        whenClosed.accept(this);
    }

    /** Returns a listener that logs dead letters, if the given one takes no notice of them. */
    private static <T> PipelineListener<T> heard(String name, PipelineListener<T> listener) {
        try {
            if (listener.getClass().getMethod("onDeadLetter", DeadLetter.class).getDeclaringClass()
                    != PipelineListener.class) {
                return listener;
            }
        } catch (NoSuchMethodException impossible) {
            throw new IllegalArgumentException(listener.getClass() + " is no listener", impossible);
        }
        return new DeadLetterLogger<>(name, listener);
    }
}

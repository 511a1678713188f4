package dev.geotherm.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline: the queue, the threads that serve it, and its closing. */
final class LanePipeline<T> implements IngestionPipeline<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LanePipeline.class);

    /** The time that all threads together have to end after they were told to. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** The time that threads outside of the processor have to end: nothing but a busy machine can hold them up. */
    private static final Duration LONGEST_STARVATION = Duration.ofSeconds(30);

    private final String name;
    private final boolean closesAtExit;
    private final Consumer<LanePipeline<?>> onClosed;
    private final LaneQueue<T> queue;
    private final EventDispatcher<T> dispatcher;
    private final Worker<T> worker;
    private final ExecutorService workers;
    private final ExecutorService listening;
    private final ExecutorService reporting;
    private final Object closing = new Object();
    private volatile Duration closeTimeout;
    private volatile long refusedAt;
    private volatile boolean refuses;
    private boolean closes;
    private boolean closed;

    LanePipeline(
            PipelineSpec<T> spec,
            ComponentContext context,
            LanePipelinesSettings settings,
            Consumer<LanePipeline<?>> onClosed,
            LongSupplier nanoTime) {
        this.name = spec.name();
        this.closesAtExit = spec.closesAtExit();
        this.onClosed = onClosed;
        this.closeTimeout = settings.closeTimeout();
        this.dispatcher = new EventDispatcher<>(name, DeadLetterLogger.unlessReceived(name, spec.listener()));
        this.reporting = context.blockingExecutor(name + "-outcomes");
        this.queue =
                new LaneQueue<>(spec, settings, dispatcher, context, reporting, nanoTime, this::startMissingWorkers);
        this.worker = new Worker<>(queue, spec.processor(), dispatcher);
        this.workers = context.blockingExecutor(name);
        this.listening = context.blockingExecutor(name + "-listener");
    }

    /** Starts the threads; if one cannot be started, none remains. */
    void start(LanePipelinesSettings settings) {
        try {
            listening.execute(dispatcher);
            reconfigure(settings);
        } catch (Throwable failed) {
            queue.abort();
            dispatcher.end();
            workers.shutdown();
            listening.shutdown();
            reporting.shutdown();
            throw failed;
        }
    }

    void reconfigure(LanePipelinesSettings settings) {
        closeTimeout = settings.closeTimeout();
        queue.reconfigure(settings);
        startMissingWorkers();
    }

    private void startMissingWorkers() {
        int missing = queue.missingWorkers();
        try {
            for (; missing > 0; missing--) {
                workers.execute(worker);
            }
        } catch (RejectedExecutionException refused) {
            if (!refuses) {
                throw refused;
            } // closed meanwhile: it needs no more workers
        } finally {
            queue.notStarted(missing);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void put(Fragment<T> fragment) throws InterruptedException {
        queue.intake().put(fragment, null);
    }

    @Override
    public Offer offer(Fragment<T> fragment) {
        return queue.intake().offer(fragment);
    }

    @Override
    public CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        queue.outcomes().start();
        queue.intake().put(fragment, outcome);
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
    public void pause() {
        queue.pause(true);
    }

    @Override
    public void resume() {
        queue.pause(false);
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        return queue.awaitDrained(TimeUnit.NANOSECONDS.convert(limit), false);
    }

    /** Returns whether the pipeline is closed when the JVM exits. */
    boolean closesAtExit() {
        return closesAtExit;
    }

    /** Begins to close: the pipeline accepts nothing, and the close timeout begins. */
    void refuse() {
        if (!refuses) {
            refusedAt = System.nanoTime();
            refuses = true;
        }
        queue.refuse();
    }

    /**
     * Checks that closing does not wait for the current thread.
     *
     * @throws IllegalStateException if it does
     */
    void requireForeignThread() {
        if (queue.ownThreads().containsCurrent()) {
            throw new IllegalStateException("pipeline " + name
                    + " cannot be closed by a thread that processes its fragments, because closing waits for it");
        }
    }

    @Override
    public void close() {
        requireForeignThread();
        refuse();
        if (!mayClose()) {
            return; // the thread that closes it waits for this one
        }
        synchronized (closing) {
            if (!closed) {
                end();
            }
        }
    }

    /** Returns whether the current thread may wait for the end: the listener's thread may not, if another waits for it. */
    private synchronized boolean mayClose() {
        boolean may = !closes || !dispatcher.isCurrentThread();
        closes = true;
        return may;
    }

    private void end() {
        Duration left = closeTimeout.minusNanos(System.nanoTime() - refusedAt);
        UninterruptibleWait.await(left, nanos -> {
            boolean ignored = queue.awaitDrained(nanos, true);
        });
        OutOfMemoryRetry.run(queue::abort);
        queue.outcomes().end();
        long aborted = System.nanoTime();
        boolean ended = awaitTermination(workers, GRACE);
        queue.stopped();
        dispatcher.end();
        boolean behind = false;
        if (dispatcher.isCurrentThread()) {
            listening.shutdown();
        } else {
            Duration unused = closeTimeout.minusNanos(aborted - refusedAt);
            behind = !awaitTermination(
                    listening,
                    (unused.isNegative() ? GRACE : GRACE.plus(unused)).minusNanos(System.nanoTime() - aborted));
        }
        boolean told = awaitTermination(reporting, GRACE);
        List<String> busy = worker.processing();
        if (!ended && busy.isEmpty()) {
            awaitTermination(workers, LONGEST_STARVATION);
        }
        onClosed.accept(this);
        closed = true;
        warn(busy, behind, told); // last, because a log can fail
    }

    private void warn(List<String> busy, boolean behind, boolean told) {
        if (!busy.isEmpty()) {
            LOG.warn("Pipeline {} is closed, but {} still runs: its processor ignores interrupts", name, busy);
        }
        if (behind) {
            LOG.warn("Pipeline {} is closed, but its listener has not received every event yet", name);
        }
        if (!told) {
            LOG.warn("Pipeline {} is closed, but a stage that depends on an outcome still runs", name);
        }
    }

    private static boolean awaitTermination(ExecutorService executor, Duration limit) {
        executor.shutdown();
        UninterruptibleWait.await(limit, nanos -> {
            boolean ignored = executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
        });
        return executor.isTerminated();
    }
}

package dev.geotherm.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline in memory: the queue, the threads that serve it, and closing. */
final class LanePipeline<T> implements OpenPipeline<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LanePipeline.class);

    /** The time that threads have to end after they were told to. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** The time that threads outside the processor have to end: only a busy machine can delay them. */
    private static final Duration LONGEST_STARVATION = Duration.ofSeconds(30);

    private final String name;
    private final boolean closesAtExit;
    private final Consumer<LanePipeline<?>> onClosed;
    private final DeadLetters<T> deadLetters;
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
    private boolean timesOut;
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
        this.dispatcher = new EventDispatcher<>(name, new DeadLetterRecorder<>(spec));
        this.deadLetters = spec.deadLetters();
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

    @Override
    public void reconfigure(LanePipelinesSettings settings) {
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
        queue.intake().putOrRefuse(fragment, null);
    }

    @Override
    public Offer offer(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        if (outcome != null) {
            queue.outcomes().start();
        }
        return queue.intake().offer(fragment, outcome);
    }

    @Override
    public CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        queue.outcomes().start();
        queue.intake().putOrRefuse(fragment, outcome);
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
    public DeadLetters<T> deadLetters() {
        return deadLetters;
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        return queue.awaitDrained(TimeUnit.NANOSECONDS.convert(limit), false);
    }

    @Override
    public boolean closesAtExit() {
        return closesAtExit;
    }

    /** Starts the thread that completes outcomes, for a caller that puts fragments through the {@link #intake}. */
    void startOutcomes() {
        queue.outcomes().start();
    }

    /**
     * Makes forecasts count fragments that wait outside the queue.
     *
     * @param waitingOutside returns how many of them enter the queue before a new fragment of a priority
     */
    void forecastWith(ToIntFunction<Priority> waitingOutside) {
        queue.forecastWith(waitingOutside);
    }

    /** Returns the producers' side of the queue. */
    Intake<T> intake() {
        return queue.intake();
    }

    /** Runs a task after the listener has received all events so far. */
    void afterEvents(Runnable task) {
        dispatcher.add(listener -> task.run());
    }

    /** Starts the close timeout. */
    synchronized void startClosing() {
        if (!timesOut) {
            refusedAt = System.nanoTime();
            timesOut = true;
        }
    }

    @Override
    public void refuse() {
        startClosing();
        refuses = true;
        queue.refuse();
    }

    @Override
    public void requireNotOwnThread() {
        if (queue.ownThreads().containsCurrent()) {
            throw new IllegalStateException("pipeline " + name
                    + " cannot be closed by a thread that processes its fragments, because closing waits for it");
        }
    }

    @Override
    public void close() {
        requireNotOwnThread();
        refuse();
        if (mayClose()) {
            closeUnlessClosed();
        }
    }

    /** Closes it after {@link #refuse} and {@link #mayClose}. */
    void closeUnlessClosed() {
        synchronized (closing) {
            if (!closed) {
                end();
            }
        }
    }

    /** Returns what is left of the close timeout. */
    Duration closeTimeLeft() {
        return closeTimeout.minusNanos(System.nanoTime() - refusedAt);
    }

    /**
     * Returns whether the current thread may close the pipeline. The listener's thread may not while another thread
     * closes it, because that thread waits for the listener.
     */
    synchronized boolean mayClose() {
        boolean may = !closes || !dispatcher.isCurrentThread();
        closes = true;
        return may;
    }

    private void end() {
        UninterruptibleWait.await(closeTimeLeft(), nanos -> {
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
        boolean reporterEnded = awaitTermination(reporting, GRACE);
        List<String> busy = worker.processing();
        if (!ended && busy.isEmpty()) {
            awaitTermination(workers, LONGEST_STARVATION);
        }
        onClosed.accept(this);
        closed = true;
        warn(busy, behind, reporterEnded); // last, because a log can fail
    }

    private void warn(List<String> busy, boolean behind, boolean reporterEnded) {
        if (!busy.isEmpty()) {
            LOG.warn("Pipeline {} is closed, but {} still runs: its processor ignores interrupts", name, busy);
        }
        if (behind) {
            LOG.warn("Pipeline {} is closed, but its listener has not received every event yet", name);
        }
        if (!reporterEnded) {
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

package dev.geotherm.testkit.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.FailureClassifier;
import dev.geotherm.api.streaming.FailureKind;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.streaming.PlainQueue.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pipeline with one worker, one monitor, and a separate thread for the listener. */
final class PlainPipeline<T> implements IngestionPipeline<T> {
    private final String name;
    private final ReferenceSettings settings;
    private final FragmentProcessor<T> processor;
    private final PipelineListener<T> listener;
    private final FailureClassifier classifier;
    private final DeadLetters<T> deadLetters;
    private final Consumer<PlainPipeline<?>> onClosed;
    private final Scheduler scheduler;
    private final ExecutorService worker;
    private final ExecutorService events;
    private final ExecutorService outcomes;
    private final long start = System.nanoTime();

    /** Guarded by the monitor, like all fields below. */
    private final PlainQueue<T> queue = new PlainQueue<>();

    /** The accepted fragments without an outcome. */
    private final Set<Item<T>> open = new LinkedHashSet<>();

    private final PlainTimes batchTime = new PlainTimes();
    private final PlainTimes queueWait = new PlainTimes();
    private PipelineState state = PipelineState.RUNNING;
    private BackpressureLevel level = BackpressureLevel.NONE;
    private BackpressureLevel highest = BackpressureLevel.NONE;
    private double fillOfLevel;
    private Run run = new Run(List.of());
    private boolean refusing;
    private boolean paused;
    private boolean over;
    private int runs;
    private long accepted, refused, processed, unchanged, dead, retried, timeouts, putNanos, end;

    PlainPipeline(
            PipelineSpec<T> spec,
            ReferenceSettings settings,
            ComponentContext context,
            Consumer<PlainPipeline<?>> onClosed) {
        this.name = spec.name();
        this.settings = settings;
        this.processor = spec.processor();
        this.listener = spec.listener();
        this.classifier = spec.classifier();
        this.deadLetters = spec.deadLetters();
        this.onClosed = onClosed;
        scheduler = context.scheduler();
        events = context.computeExecutor(name + "-events", 1);
        worker = context.computeExecutor(name, 1);
        outcomes = context.computeExecutor(name + "-outcomes", 1);
        worker.execute(this::work);
    }

    /** The processing of one batch; ended by its worker, by the batch timeout or by the close timeout. */
    private final class Run implements Batch<T> {
        private final List<Item<T>> items;
        private final Map<Item<T>, Throwable> failures = new HashMap<>();
        private final Set<Item<T>> finals = new HashSet<>();
        private final Set<Item<T>> unchangedOnes = new HashSet<>();
        private final Thread thread = Thread.currentThread();
        private final long since = System.nanoTime();
        private boolean ended;

        Run(List<Item<T>> items) {
            this.items = items;
            this.ended = items.isEmpty();
        }

        @Override
        public List<Fragment<T>> fragments() {
            return items.stream().map(item -> item.fragment).toList();
        }

        @Override
        public void fail(Fragment<T> fragment, Throwable error) {
            requireNonNull(error, "error");
            synchronized (PlainPipeline.this) {
                failures.put(find(fragment, failures.keySet()), error);
            }
        }

        @Override
        public void deadLetter(Fragment<T> fragment, Throwable error) {
            requireNonNull(error, "error");
            synchronized (PlainPipeline.this) {
                Item<T> dead = find(fragment, failures.keySet());
                failures.put(dead, error);
                finals.add(dead);
            }
        }

        @Override
        public void unchanged(Fragment<T> fragment) {
            synchronized (PlainPipeline.this) {
                unchangedOnes.add(find(fragment, unchangedOnes));
            }
        }

        private Item<T> find(Fragment<T> fragment, Set<Item<T>> marked) {
            return items.stream()
                    .filter(item -> item.fragment.equals(fragment) && !marked.contains(item))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(fragment.id() + " is not in this batch"));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void put(Fragment<T> fragment) throws InterruptedException {
        submit(fragment);
    }

    @Override
    public synchronized CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        requireNonNull(fragment, "fragment");
        long from = System.nanoTime();
        while (queue.size() >= settings.capacity() && !refusing) {
            wait();
        }
        putNanos += System.nanoTime() - from;
        if (refusing) {
            throw new IllegalStateException("pipeline " + name + " is closed");
        }
        return accept(fragment).outcome.minimalCompletionStage();
    }

    @Override
    public synchronized Offer offer(Fragment<T> fragment) {
        Offer answer = answer(fragment.priority());
        if (answer.accepted()) {
            accept(fragment);
        } else {
            refused++;
        }
        return answer;
    }

    private Offer answer(Priority priority) {
        if (refusing) {
            return Offer.REFUSED_CLOSED;
        } else if (queue.size() >= settings.capacity()) {
            return Offer.REFUSED_FULL;
        }
        return isHigh() && priority != Priority.HIGHEST ? Offer.REFUSED_BACKPRESSURE : Offer.ACCEPTED;
    }

    private boolean isHigh() {
        return queue.size() >= settings.highWatermark() * settings.capacity();
    }

    private Item<T> accept(Fragment<T> fragment) {
        Item<T> item = new Item<>(fragment);
        open.add(item);
        queue.addLast(item);
        accepted++;
        queueChanged();
        return item;
    }

    private void queueChanged() {
        BackpressureLevel before = level;
        level = isAtLeast(settings.capacity(), BackpressureLevel.CRITICAL)
                ? BackpressureLevel.CRITICAL
                : isAtLeast(settings.highWatermark() * settings.capacity(), BackpressureLevel.HIGH)
                        ? BackpressureLevel.HIGH
                        : BackpressureLevel.NONE;
        BackpressureLevel now = level;
        highest = now.compareTo(highest) > 0 ? now : highest;
        if (now != before) {
            fillOfLevel = (double) queue.size() / settings.capacity();
            tell(to -> to.onLevel(before, now));
        }
        if (!refusing) {
            become(paused ? PipelineState.PAUSED : isHigh() ? PipelineState.BACKPRESSURE : PipelineState.RUNNING);
        }
        notifyAll();
    }

    /** Returns whether a level applies: it ends at nine tenths of its start. */
    private boolean isAtLeast(double beginning, BackpressureLevel of) {
        return queue.size() >= (level.compareTo(of) < 0 ? beginning : 0.9 * beginning);
    }

    private void become(PipelineState next) {
        PipelineState before = state;
        state = next;
        if (next != before) {
            tell(to -> to.onState(before, next));
        }
    }

    /** Calls the listener and ignores its exceptions; a pipeline with a log would log them. */
    private void tell(Consumer<PipelineListener<T>> event) {
        events.execute(() -> {
            try {
                event.accept(listener);
            } catch (Throwable ignored) {
                // no log
            }
        });
    }

    private void work() {
        for (Run next = next(); !next.items.isEmpty(); next = next()) {
            Run current = next;
            ScheduledTask limit = scheduler.after(
                    settings.batchTimeout(),
                    () -> finish(current, new TimeoutException("the batch took too long"), true));
            Throwable thrown = null;
            try {
                processor.process(current);
            } catch (Throwable failed) {
                thrown = failed;
            }
            finish(current, thrown, false);
            limit.cancel();
        }
    }

    @Override
    public synchronized void pause() {
        paused = true;
        queueChanged();
    }

    @Override
    public synchronized void resume() {
        paused = false;
        queueChanged();
    }

    /** Waits for a batch; returns an empty one when the pipeline is closed. */
    private synchronized Run next() {
        while ((queue.size() == 0 || (paused && !refusing)) && !over) {
            try {
                wait();
            } catch (InterruptedException late) {
                // meant for a batch that has ended
            }
        }
        if (over) {
            return new Run(List.of());
        }
        run = new Run(queue.take(settings.batch()));
        run.items.forEach(item -> queueWait.add(run.since - item.queuedAt));
        queueChanged();
        return run;
    }

    private void finish(Run ending, @Nullable Throwable thrown, boolean timedOut) {
        List<Item<T>> decided = new ArrayList<>();
        synchronized (this) {
            if (!timedOut) {
                Thread.interrupted(); // meant for this batch
            }
            if (ending.ended) {
                return;
            }
            ending.ended = true;
            runs++;
            long took = System.nanoTime() - ending.since;
            batchTime.add(took);
            int size = ending.items.size();
            int failed = thrown == null ? ending.failures.size() : size;
            tell(to -> to.onBatch(size, failed, Duration.ofNanos(took)));
            for (int i = size - 1; i >= 0; i--) { // the last one first, because each goes to the head of its queue
                Item<T> item = ending.items.get(i);
                Throwable error = thrown == null ? ending.failures.get(item) : thrown;
                boolean asAWhole = thrown != null && size > 1;
                if (error == null) {
                    processed++;
                    boolean same = ending.unchangedOnes.contains(item);
                    unchanged += same ? 1 : 0;
                    item.decided = same ? new Outcome.Unchanged(item.attempts) : new Outcome.Processed(item.attempts);
                    decided.add(item);
                } else if (!asAWhole
                        && (ending.finals.contains(item)
                                || isFinal(error)
                                || item.failures++ >= settings.maxRetries())) {
                    makeDeadLetter(item, error);
                    decided.add(item);
                } else {
                    retry(item, asAWhole ? 2 * runs + (i < (size + 1) / 2 ? 0 : 1) : 0);
                }
            }
            queueChanged();
            if (timedOut) {
                timeouts++;
                ending.thread.interrupt();
            }
        }
        if (!decided.isEmpty()) {
            outcomes.execute(() -> complete(decided));
        }
    }

    private boolean isFinal(Throwable error) {
        try {
            return classifier.classify(error) == FailureKind.FINAL;
        } catch (RuntimeException broken) {
            return false;
        }
    }

    private void retry(Item<T> item, int half) {
        retried++;
        if (half != 0) {
            item.half = half;
            queue.addFirst(item);
        } else {
            item.priority = item.priority.lower();
            queue.addLast(item);
        }
    }

    private void makeDeadLetter(Item<T> item, Throwable error) {
        dead++;
        item.decided = new Outcome.Dead(item.attempts, error);
        DeadLetter<T> letter = new DeadLetter<>(item.fragment, item.attempts, error, Instant.now());
        tell(to -> {
            try {
                deadLetters.add(letter);
            } finally {
                to.onDeadLetter(letter);
            }
        });
    }

    @Override
    public DeadLetters<T> deadLetters() {
        return deadLetters;
    }

    /** Completes stages without the monitor: dependent stages may use the pipeline. */
    private void complete(List<Item<T>> decided) {
        decided.forEach(item -> item.outcome.complete(item.decided));
        synchronized (this) {
            open.removeAll(decided);
            notifyAll();
        }
    }

    @Override
    public synchronized BackpressureLevel level() {
        return level;
    }

    @Override
    public synchronized PipelineState state() {
        return state;
    }

    @Override
    public synchronized PipelineMetrics metrics() {
        return MetricsBuilder.of(PipelineMetrics.class)
                .set("accepted", accepted)
                .set("refused", refused)
                .set("processed", processed)
                .set("unchanged", unchanged)
                .set("dead", dead)
                .set("retried", retried)
                .set("batches", batchTime.count())
                .set("timeouts", timeouts)
                .set("queued", queue.size())
                .set("inFlight", run.ended ? 0 : run.items.size())
                .set("capacity", settings.capacity())
                .set("batchSize", settings.batch())
                .set("state", state)
                .set("level", level)
                .set("highestLevel", highest)
                .set("levelSignalFraction", fillOfLevel)
                .set("putTime", Duration.ofNanos(putNanos))
                .set("busy", batchTime.sum())
                .set("running", Duration.ofNanos((end == 0 ? System.nanoTime() : end) - start))
                .set("batchTime", batchTime.distribution())
                .set("queueWait", queueWait.distribution())
                .build();
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            List<Item<T>> accepted = List.copyOf(open);
            while (accepted.stream().anyMatch(open::contains)) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (refusing) {
                return;
            }
            refusing = true;
            become(PipelineState.DRAINING);
            notifyAll();
        }
        boolean interrupted = false;
        try {
            drain(settings.closeTimeout());
        } catch (InterruptedException hurry) {
            interrupted = true;
        }
        giveUp();
        onClosed.accept(this);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the remaining fragments dead letters, and ends the threads. */
    private void giveUp() {
        List<Item<T>> left;
        synchronized (this) {
            over = true;
            if (!run.ended) {
                run.ended = true;
                run.thread.interrupt();
            }
            left = List.copyOf(open);
            left.stream()
                    .filter(item -> item.decided == null)
                    .forEach(
                            item -> makeDeadLetter(item, new IllegalStateException("pipeline " + name + " is closed")));
            queue.clear();
            queueChanged();
        }
        complete(left);
        synchronized (this) {
            become(PipelineState.STOPPED);
            end = System.nanoTime();
        }
        worker.shutdown();
        outcomes.shutdown();
        events.shutdown();
        try {
            boolean told = events.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}

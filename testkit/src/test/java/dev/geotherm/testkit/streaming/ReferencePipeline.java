package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One worker, one timer, one thread for the listener, one monitor, and a list that is searched for what is next. */
final class ReferencePipeline<T> implements IngestionPipeline<T> {
    private final String name;
    private final PipelineShape shape;
    private final Flaw flaw;
    private final FragmentProcessor<T> processor;
    private final Runnable whenClosed;
    private final Thread worker;
    private final Thread timer;
    private final Thread ear;
    private final ReferenceQueue<T> waiting;
    private final Set<ReferenceItem<T>> unsettled = new HashSet<>();
    private final ReferenceTeller<T> teller;
    private final long start = System.nanoTime();
    private List<ReferenceItem<T>> running = List.of();
    private Map<ReferenceItem<T>, Throwable> failures = new IdentityHashMap<>();
    private long runningSince;
    private PipelineState state = PipelineState.RUNNING;
    private BackpressureLevel level = BackpressureLevel.NONE;
    private BackpressureLevel highest = BackpressureLevel.NONE;
    private boolean refusing;
    private boolean over;
    private long accepted;
    private long refused;
    private long processed;
    private long dead;
    private long retried;
    private long batches;
    private long timeouts;
    private long putNanos;
    private long busyNanos;
    private long end;

    ReferencePipeline(
            String name,
            String instance,
            PipelineShape shape,
            Flaw flaw,
            FragmentProcessor<T> processor,
            PipelineListener<T> listener,
            Runnable whenClosed) {
        this.name = name;
        this.shape = shape;
        this.flaw = flaw;
        this.waiting = new ReferenceQueue<>(flaw);
        this.processor = processor;
        this.teller = new ReferenceTeller<>(listener, flaw == Flaw.LISTENER_UNDER_THE_LOCK ? this : new Object());
        this.whenClosed = whenClosed;
        this.worker = thread(this::work, instance);
        this.timer = thread(this::time, instance);
        this.ear = thread(teller, instance);
        if (flaw == Flaw.LEAVES_A_THREAD) {
            thread(new CompletableFuture<>()::join, instance);
        }
    }

    private Thread thread(Runnable loop, String instance) {
        Thread thread = new Thread(loop, "geotherm-" + instance + "-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
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
        Objects.requireNonNull(fragment);
        long from = System.nanoTime();
        while (waiting.size() >= shape.capacity() && waits()) {
            wait();
        }
        putNanos += System.nanoTime() - from;
        if (refusing) {
            throw new IllegalStateException(name + " is closed");
        }
        return accept(fragment).outcome.minimalCompletionStage();
    }

    private boolean waits() {
        return flaw != Flaw.PUT_DOES_NOT_WAIT && (!refusing || flaw == Flaw.CLOSE_LEAVES_PRODUCERS_BLOCKED);
    }

    @Override
    public synchronized Offer offer(Fragment<T> fragment) {
        boolean urgent = fragment.priority() == Priority.HIGHEST && flaw != Flaw.NO_RESERVE_FOR_THE_HIGHEST;
        Offer answer = refusing
                ? Offer.REFUSED_CLOSED
                : waiting.size() >= shape.capacity()
                        ? Offer.REFUSED_FULL
                        : isBeyondThreshold() && !urgent && flaw != Flaw.OFFER_IGNORES_THE_THRESHOLD
                                ? Offer.REFUSED_BACKPRESSURE
                                : Offer.ACCEPTED;
        if (answer.accepted()) {
            accept(fragment);
        } else {
            refused++;
        }
        return answer;
    }

    private boolean isBeyondThreshold() {
        return waiting.size() >= shape.threshold() * shape.capacity();
    }

    private ReferenceItem<T> accept(Fragment<T> fragment) {
        ReferenceItem<T> item = new ReferenceItem<>(fragment);
        waiting.addLast(item);
        unsettled.add(item);
        accepted++;
        changed();
        return item;
    }

    private void changed() {
        BackpressureLevel before = level;
        level = BackpressureLevel.of((double) waiting.size() / shape.capacity());
        highest = level.compareTo(highest) > 0 ? level : highest;
        BackpressureLevel now = level;
        if (before != now) {
            note(to -> to.onLevel(before, now));
            if (flaw == Flaw.LEVEL_TOLD_TWICE) {
                note(to -> to.onLevel(before, now));
            }
        }
        if (!refusing) {
            become(isBeyondThreshold() ? PipelineState.BACKPRESSURE : PipelineState.RUNNING);
        }
        notifyAll();
    }

    private void become(PipelineState to) {
        PipelineState from = state;
        state = to;
        if (from != to) {
            note(one -> one.onState(from, to));
        }
    }

    private void note(Consumer<PipelineListener<T>> event) {
        teller.note(event);
    }

    private void work() {
        for (List<ReferenceItem<T>> batch = take(); !batch.isEmpty(); batch = take()) {
            Map<ReferenceItem<T>, Throwable> failed;
            synchronized (this) {
                failed = failures;
            }
            List<ReferenceItem<T>> items = batch;
            Throwable thrown = null;
            try {
                processor.process(new Batch<>() {
                    @Override
                    public List<Fragment<T>> fragments() {
                        return items.stream().map(item -> item.fragment).toList();
                    }

                    @Override
                    public void fail(Fragment<T> fragment, Throwable error) {
                        failed.put(
                                items.stream()
                                        .filter(item -> item.fragment.equals(fragment) && !failed.containsKey(item))
                                        .findFirst()
                                        .orElseThrow(IllegalArgumentException::new),
                                error);
                    }
                });
            } catch (Throwable any) {
                thrown = any;
            }
            finish(batch, thrown, false);
        }
    }

    private synchronized List<ReferenceItem<T>> take() {
        while (waiting.isEmpty() && !over) {
            try {
                wait();
            } catch (InterruptedException late) {
                continue; // the interrupt of a batch that is over
            }
        }
        List<ReferenceItem<T>> batch = over ? List.of() : waiting.take(shape.initialBatch());
        running = batch;
        failures = new IdentityHashMap<>();
        runningSince = System.nanoTime();
        changed();
        return batch;
    }

    private void finish(List<ReferenceItem<T>> batch, Throwable thrown, boolean timedOut) {
        Map<ReferenceItem<T>, Outcome> outcomes = new LinkedHashMap<>();
        synchronized (this) {
            if (!timedOut) {
                Thread.interrupted();
            }
            if (running != batch && !(flaw == Flaw.LATE_SUCCESS_COUNTS && thrown == null)) {
                return;
            }
            running = List.of();
            batches++;
            timeouts += timedOut ? 1 : 0;
            long took = System.nanoTime() - runningSince;
            busyNanos += took;
            int failed = thrown == null ? failures.size() : batch.size();
            note(to -> to.onBatch(batch.size(), failed, Duration.ofNanos(took)));
            for (int i = batch.size() - 1; i >= 0; i--) {
                ReferenceItem<T> item = batch.get(i);
                Throwable error = thrown != null ? thrown : failures.get(item);
                if (error == null) {
                    processed++;
                    outcomes.put(item, new Outcome.Processed(item.attempts));
                } else if (thrown != null && batch.size() > 1 && flaw != Flaw.THROWN_TAKES_THE_WHOLE_BATCH) {
                    item.alone = true;
                    waiting.addFirst(item);
                    retried++;
                } else if (item.failures++ < shape.maxRetries()) {
                    item.lane = flaw == Flaw.RETRY_KEEPS_ITS_PRIORITY ? item.lane : Math.max(1, item.lane - 1);
                    if (flaw == Flaw.RETRY_KEEPS_ITS_PRIORITY) {
                        waiting.addFirst(item);
                    } else {
                        waiting.addLast(item);
                    }
                    retried++;
                } else {
                    outcomes.put(item, bury(item, error));
                }
            }
            changed();
            if (timedOut) {
                worker.interrupt();
            }
        }
        settle(outcomes);
    }

    private Outcome bury(ReferenceItem<T> item, Throwable error) {
        dead++;
        Throwable told = flaw == Flaw.BURIES_WITHOUT_THE_ERROR ? new Exception("failed") : error;
        DeadLetter<T> letter = new DeadLetter<>(item.fragment, item.attempts, told);
        note(to -> to.onDeadLetter(letter));
        return new Outcome.Dead(item.attempts, error);
    }

    private void settle(Map<ReferenceItem<T>, Outcome> outcomes) {
        outcomes.forEach((item, outcome) -> item.outcome.complete(outcome));
        synchronized (this) {
            unsettled.removeAll(outcomes.keySet());
            notifyAll();
        }
    }

    private void time() {
        while (true) {
            List<ReferenceItem<T>> late;
            synchronized (this) {
                if (over) {
                    return;
                }
                late = !running.isEmpty()
                                && System.nanoTime() - runningSince
                                        >= shape.batchTimeout().toNanos()
                        ? running
                        : List.of();
                if (late.isEmpty()) {
                    try {
                        wait(10);
                    } catch (InterruptedException unexpected) {
                        return;
                    }
                }
            }
            if (!late.isEmpty()) {
                finish(late, new TimeoutException("too long"), true);
            }
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
        return new PipelineMetrics(
                accepted,
                refused,
                processed,
                dead,
                retried,
                batches,
                timeouts,
                waiting.size(),
                running.size(),
                shape.capacity(),
                shape.initialBatch(),
                level,
                highest,
                Duration.ofNanos(putNanos),
                Duration.ofNanos(busyNanos),
                Duration.ofNanos((end == 0 ? System.nanoTime() : end) - start));
    }

    @Override
    public synchronized boolean drain(Duration limit) throws InterruptedException {
        Set<ReferenceItem<T>> mine = new HashSet<>(unsettled);
        long until = System.nanoTime() + limit.toNanos();
        while (mine.stream().anyMatch(unsettled::contains) && flaw != Flaw.DRAIN_DOES_NOT_WAIT) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(1 + left / 1_000_000);
        }
        return true;
    }

    @Override
    public void close() {
        Map<ReferenceItem<T>, Outcome> outcomes = new LinkedHashMap<>();
        synchronized (this) {
            if (refusing) {
                return;
            }
            refusing = true;
            become(PipelineState.DRAINING);
            notifyAll();
        }
        try {
            awaitSettled();
            synchronized (this) {
                List<ReferenceItem<T>> left = new ArrayList<>(running);
                left.addAll(waiting.takeAll());
                if (flaw == Flaw.CLOSE_FORGETS_LEFTOVERS) {
                    left.clear();
                }
                left.forEach(item -> outcomes.put(item, bury(item, new IllegalStateException("closed"))));
                running = List.of();
                over = true;
                worker.interrupt();
                notifyAll();
            }
            settle(outcomes);
            worker.join(500);
            timer.join(500);
            synchronized (this) {
                become(PipelineState.STOPPED);
                end = System.nanoTime();
            }
            teller.end();
            ear.join(1_000);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
        whenClosed.run();
    }

    private synchronized void awaitSettled() throws InterruptedException {
        long until = System.nanoTime() + shape.closeTimeout().toNanos();
        while (!unsettled.isEmpty() && System.nanoTime() < until) {
            wait(1 + (until - System.nanoTime()) / 1_000_000);
        }
    }
}

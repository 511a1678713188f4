package dev.geotherm.testkit.streaming;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.FailureKind;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.api.streaming.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

/**
 * A simple pipeline: one worker, one timer, one thread for the listener, one monitor, and a list that is searched for
 * the next fragment.
 */
final class ReferencePipeline<T> implements IngestionPipeline<T> {
    private final String instance;
    private final String name;
    private ReferenceSettings settings;
    private final Flaw flaw;
    private final PipelineSpec<T> spec;
    private final Clock clock;
    private final Consumer<ReferencePipeline<T>> onClosed;
    private final Thread worker;
    private final Thread timer;
    private final Thread listening;
    private final ReferenceQueue<T> waiting;
    private final Set<ReferenceFragment<T>> unsettled = new HashSet<>();
    private final ReferenceKeys<T> keys;
    private final List<Thread> settling = new ArrayList<>();
    private final ReferenceDispatcher<T> dispatcher;
    private final ReferenceDuplicates<T> doubles;
    private final long start = System.nanoTime();
    private List<ReferenceFragment<T>> running = List.of();
    private Map<ReferenceFragment<T>, Throwable> failures = new IdentityHashMap<>();
    private Set<ReferenceFragment<T>> finals = Set.of();
    private Set<ReferenceFragment<T>> unchangedOnes = Set.of();
    private long runningSince;
    private PipelineState state = PipelineState.RUNNING;
    private BackpressureLevel level = BackpressureLevel.NONE;
    private BackpressureLevel highest = BackpressureLevel.NONE;
    private BackpressureLevel.Signal signal = BackpressureLevel.Signal.FILL;
    private double signalPart;
    private boolean refusing;
    private boolean paused;
    private boolean over;
    private int groups;
    private long accepted;
    private long refused;
    private long processed;
    private long unchanged;
    private long dead;
    private long expired;
    private long duplicates;
    private long retried;
    private long batches;
    private long timeouts;
    private long putNanos;
    private long busyNanos;
    private long end;
    private final List<Long> batchTimes = new ArrayList<>();
    private final List<Long> queueWaits = new ArrayList<>();

    ReferencePipeline(
            String instance,
            ReferenceSettings settings,
            Flaw flaw,
            PipelineSpec<T> spec,
            Clock clock,
            Consumer<ReferencePipeline<T>> onClosed) {
        this.instance = instance;
        this.name = spec.name();
        this.spec = spec;
        this.clock = clock;
        this.settings = settings;
        this.flaw = flaw;
        this.doubles = new ReferenceDuplicates<>(spec, flaw);
        this.keys = new ReferenceKeys<>(flaw);
        this.waiting = new ReferenceQueue<>(flaw, keys);
        this.dispatcher =
                new ReferenceDispatcher<>(spec.listener(), flaw == Flaw.LISTENER_UNDER_LOCK ? this : new Object());
        this.onClosed = onClosed;
        this.worker = thread(this::work, instance);
        this.timer = thread(this::time, instance);
        this.listening = thread(dispatcher, instance);
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
        ReferenceDuplicates.First<T> other = doubles.find(fragment);
        while (other != null && !other.accepted && flaw != Flaw.DROPS_DUPLICATES_OF_REFUSED) {
            wait();
            other = doubles.find(fragment);
        }
        if (other != null) {
            duplicates++;
            return other.accepted
                    ? other.outcome.thenApply(Outcome.Duplicate::new)
                    : CompletableFuture.completedStage(new Outcome.Duplicate(new Outcome.Processed(1)));
        }
        ReferenceDuplicates.First<T> mine = doubles.add(fragment);
        try {
            mine.outcome = submitFirst(fragment);
            mine.accepted = true;
            return mine.outcome.minimalCompletionStage();
        } finally {
            if (!mine.accepted) {
                doubles.refused(mine);
            }
            notifyAll();
        }
    }

    private CompletableFuture<Outcome> submitFirst(Fragment<T> fragment) throws InterruptedException {
        requireAdmission(fragment);
        long from = System.nanoTime();
        while (waiting.size() >= settings.capacity() && waits()) {
            wait();
            if (settings.refusesWhenCritical() && flaw != Flaw.WAITS_ALTHOUGH_NEW_SETTINGS_REFUSE) {
                requireAdmission(fragment);
            }
        }
        putNanos += System.nanoTime() - from;
        if (refusing) {
            throw new IllegalStateException(name + " is closed");
        }
        return accept(fragment).outcome;
    }

    private void requireAdmission(Fragment<T> fragment) {
        Offer admission = refusing ? Offer.ACCEPTED : admission(fragment);
        if (!admission.accepted()) {
            refused++;
            throw new RefusedException(
                    fragment.id() + " is refused: too late, or the level is critical",
                    admission,
                    Duration.ofNanos(predictedNanos()));
        }
    }

    private Offer admission(Fragment<T> fragment) {
        changed();
        Instant processed = clock.instant().plusNanos(flaw == Flaw.ADMISSION_PREDICTS_NOTHING ? 0 : predictedNanos());
        if (fragment.deadline() != null
                && !fragment.deadline().isAfter(processed)
                && flaw != Flaw.ADMISSION_IGNORES_DEADLINES) {
            return Offer.REFUSED_DEADLINE;
        }
        boolean refuses = settings.refusesWhenCritical()
                && flaw != Flaw.NEVER_REFUSES_WHEN_CRITICAL
                && level == BackpressureLevel.CRITICAL;
        boolean full = waiting.size() >= settings.capacity();
        return !refuses || (fragment.priority() == Priority.HIGHEST && !full)
                ? Offer.ACCEPTED
                : Offer.REFUSED_BACKPRESSURE;
    }

    private long predictedNanos() {
        return sojournNanos() + (batches == 0 ? 0 : busyNanos / batches);
    }

    private boolean waits() {
        return flaw != Flaw.PUT_DOES_NOT_WAIT && (!refusing || flaw == Flaw.CLOSE_LEAVES_PRODUCERS_BLOCKED);
    }

    @Override
    public synchronized Offer offer(Fragment<T> fragment) {
        boolean urgent = fragment.priority() == Priority.HIGHEST && flaw != Flaw.NO_ROOM_FOR_HIGHEST_PRIORITY;
        ReferenceDuplicates.First<T> other = doubles.find(fragment);
        if (other != null) {
            duplicates++;
            return Offer.DUPLICATE;
        }
        Offer admission = admission(fragment);
        Offer answer = refusing
                ? Offer.REFUSED_CLOSED
                : !admission.accepted()
                        ? admission
                        : waiting.size() >= settings.capacity()
                                ? Offer.REFUSED_FULL
                                : isBeyondHighWatermark() && !urgent && flaw != Flaw.OFFER_IGNORES_HIGH_WATERMARK
                                        ? Offer.REFUSED_BACKPRESSURE
                                        : Offer.ACCEPTED;
        if (answer.accepted()) {
            ReferenceDuplicates.First<T> mine = doubles.add(fragment);
            mine.outcome = accept(fragment).outcome;
            mine.accepted = true;
        } else {
            refused++;
        }
        return answer;
    }

    private boolean isBeyondHighWatermark() {
        return waiting.size() >= settings.highWatermark() * settings.capacity();
    }

    private ReferenceFragment<T> accept(Fragment<T> fragment) {
        ReferenceFragment<T> item = new ReferenceFragment<>(fragment, spec.keyOf(fragment));
        keys.add(item);
        waiting.addLast(item);
        unsettled.add(item);
        accepted++;
        changed();
        return item;
    }

    private void changed() {
        BackpressureLevel before = level;
        double[] parts = {
            (double) waiting.size() / settings.capacity(),
            flaw == Flaw.LEVEL_IGNORES_SOJOURN ? 0 : part(sojournNanos(), settings.sojournLimit()),
            flaw == Flaw.LEVEL_IGNORES_AGE ? 0 : part(ageNanos(), settings.ageLimit())
        };
        int highestPart = 0;
        for (int i = 1; i < parts.length; i++) {
            highestPart = parts[i] > parts[highestPart] ? i : highestPart;
        }
        BackpressureLevel rising = level(parts[highestPart]);
        BackpressureLevel falling = flaw == Flaw.LEVEL_FLUTTERS ? rising : level(parts[highestPart] + 0.1);
        level = rising.compareTo(level) > 0 ? rising : falling.compareTo(level) < 0 ? falling : level;
        highest = level.compareTo(highest) > 0 ? level : highest;
        BackpressureLevel now = level;
        if (before != now) {
            signal = BackpressureLevel.Signal.values()[highestPart];
            signalPart = parts[highestPart];
            note(to -> to.onLevel(before, now));
            if (flaw == Flaw.LEVEL_REPORTED_TWICE) {
                note(to -> to.onLevel(before, now));
            }
        }
        if (!refusing) {
            become(
                    paused
                            ? PipelineState.PAUSED
                            : isBeyondHighWatermark() ? PipelineState.BACKPRESSURE : PipelineState.RUNNING);
        }
        notifyAll();
    }

    private static double part(long nanos, Duration limit) {
        return limit.isZero() ? 0 : (double) nanos / limit.toNanos();
    }

    private long sojournNanos() {
        return batches == 0 ? 0 : waiting.size() / settings.batch() * (busyNanos / batches);
    }

    private long ageNanos() {
        return waiting.isEmpty() ? 0 : System.nanoTime() - waiting.oldestNanos();
    }

    private static BackpressureLevel level(double fill) {
        return BackpressureLevel.values()[fill >= 0.95 ? 4 : fill >= 0.85 ? 3 : fill >= 0.7 ? 2 : fill >= 0.5 ? 1 : 0];
    }

    synchronized void reconfigure(ReferenceSettings newSettings) {
        settings = newSettings;
        changed();
    }

    private void become(PipelineState to) {
        PipelineState from = state;
        state = to;
        if (from != to) {
            note(one -> one.onState(from, to));
        }
    }

    private Distribution distribution(List<Long> nanos) {
        if (flaw == Flaw.RECORDS_NO_TIMES) {
            return Distribution.EMPTY;
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        return Distribution.of(
                sorted.size(),
                sorted.stream().mapToLong(each -> each).average().orElse(0),
                percent -> sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * percent / 100)),
                1e-9);
    }

    private void note(Consumer<PipelineListener<T>> event) {
        dispatcher.add(event);
    }

    private void work() {
        for (List<ReferenceFragment<T>> batch = take(); !batch.isEmpty(); batch = take()) {
            Map<ReferenceFragment<T>, Throwable> failed;
            Set<ReferenceFragment<T>> ofBatch;
            Set<ReferenceFragment<T>> same;
            synchronized (this) {
                failed = failures;
                ofBatch = finals;
                same = unchangedOnes;
            }
            List<ReferenceFragment<T>> items = batch;
            Throwable thrown = null;
            try {
                spec.processor().process(new Batch<>() {
                    @Override
                    public List<Fragment<T>> fragments() {
                        return items.stream().map(item -> item.fragment).toList();
                    }

                    @Override
                    public void fail(Fragment<T> fragment, Throwable error) {
                        failed.put(find(fragment, failed.keySet()), error);
                    }

                    @Override
                    public void deadLetter(Fragment<T> fragment, Throwable error) {
                        ReferenceFragment<T> item = find(fragment, failed.keySet());
                        failed.put(item, error);
                        ofBatch.add(item);
                    }

                    @Override
                    public void unchanged(Fragment<T> fragment) {
                        same.add(find(fragment, same));
                    }

                    private ReferenceFragment<T> find(Fragment<T> fragment, Set<ReferenceFragment<T>> marked) {
                        return items.stream()
                                .filter(item -> item.fragment.equals(fragment) && !marked.contains(item))
                                .findFirst()
                                .orElseThrow(IllegalArgumentException::new);
                    }
                });
            } catch (Throwable any) {
                thrown = any;
            }
            finish(batch, thrown, false);
        }
    }

    @Override
    public synchronized void pause() {
        paused = true;
        changed();
    }

    @Override
    public synchronized void resume() {
        paused = false;
        changed();
    }

    private boolean holds() {
        return paused && flaw != Flaw.PAUSE_IS_IGNORED && (!refusing || flaw == Flaw.CLOSE_WAITS_FOR_RESUME);
    }

    private synchronized List<ReferenceFragment<T>> take() {
        while ((!waiting.hasNext() || holds()) && !over) {
            try {
                wait();
            } catch (InterruptedException late) {
                continue; // the interrupt of an ended batch
            }
        }
        List<ReferenceFragment<T>> batch = over ? List.of() : waiting.take(settings.batch());
        if (settleExpired(batch) && batch.isEmpty()) {
            return take();
        }
        running = batch;
        failures = new IdentityHashMap<>();
        finals = new HashSet<>();
        unchangedOnes = new HashSet<>();
        runningSince = System.nanoTime();
        batch.forEach(item -> queueWaits.add(runningSince - item.queuedNanos));
        changed();
        return batch;
    }

    private boolean settleExpired(List<ReferenceFragment<T>> batch) {
        Map<ReferenceFragment<T>, Outcome> outcomes = new LinkedHashMap<>();
        for (ReferenceFragment<T> item : batch) {
            Instant deadline = item.fragment.deadline();
            if (deadline != null && !deadline.isAfter(clock.instant()) && flaw != Flaw.PROCESSES_EXPIRED) {
                outcomes.put(item, new Outcome.Expired(item.attempts - 1));
            }
        }
        if (outcomes.isEmpty()) {
            return false;
        }
        batch.removeAll(outcomes.keySet());
        outcomes.keySet().forEach(keys::end);
        expired += outcomes.size();
        settleElsewhere(outcomes);
        return true;
    }

    @Override
    public int replayDeadLetters() throws InterruptedException {
        if (flaw != Flaw.REPLAY_KEEPS_DEADLINES) {
            return IngestionPipeline.super.replayDeadLetters();
        }
        return deadLetters().removeIf(letter -> {
            try {
                put(letter.fragment());
                return true;
            } catch (RefusedException late) {
                return false;
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
    }

    private void finish(List<ReferenceFragment<T>> batch, Throwable thrown, boolean timedOut) {
        Map<ReferenceFragment<T>, Outcome> outcomes = new LinkedHashMap<>();
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
            batchTimes.add(took);
            int failed = thrown == null ? failures.size() : batch.size();
            note(to -> to.onBatch(batch.size(), failed, Duration.ofNanos(took)));
            for (int i = batch.size() - 1; i >= 0; i--) {
                ReferenceFragment<T> item = batch.get(i);
                Throwable error = thrown != null ? thrown : failures.get(item);
                boolean same = unchangedOnes.contains(item);
                if (error == null || (same && flaw == Flaw.UNCHANGED_HIDES_FAILURES)) {
                    processed++;
                    unchanged += same ? 1 : 0;
                    outcomes.put(
                            item,
                            same && flaw != Flaw.UNCHANGED_IS_PROCESSED
                                    ? new Outcome.Unchanged(item.attempts)
                                    : new Outcome.Processed(item.attempts));
                    keys.end(item);
                } else if (thrown != null && batch.size() > 1 && flaw != Flaw.EXCEPTION_FAILS_WHOLE_BATCH) {
                    boolean second = flaw == Flaw.ISOLATES_ONE_BY_ONE || i >= (batch.size() + 1) / 2;
                    groups += flaw == Flaw.ISOLATES_ONE_BY_ONE || i == batch.size() - 1 ? 2 : 0;
                    item.group = second ? groups : groups - 1;
                    waiting.addFirst(item);
                    retried++;
                } else if (!isFinal(item, error) && item.failures++ < settings.maxRetries()) {
                    item.lane = flaw == Flaw.RETRY_KEEPS_PRIORITY ? item.lane : Math.max(1, item.lane - 1);
                    if (flaw == Flaw.RETRY_KEEPS_PRIORITY) {
                        waiting.addFirst(item);
                    } else {
                        waiting.addLast(item);
                    }
                    retried++;
                    if (flaw == Flaw.RETRY_RELEASES_ITS_KEY) {
                        keys.end(item);
                    }
                } else {
                    outcomes.put(item, deadLetter(item, error));
                    if (flaw != Flaw.DEAD_FRAGMENT_KEEPS_ITS_KEY) {
                        keys.end(item);
                    }
                }
            }
            changed();
            if (timedOut) {
                worker.interrupt();
            }
        }
        if (flaw == Flaw.STAGES_HOLD_UP_WORKERS) {
            settle(outcomes);
        } else if (!outcomes.isEmpty()) {
            settleElsewhere(outcomes);
        }
    }

    private boolean isFinal(ReferenceFragment<T> item, Throwable error) {
        if (finals.contains(item)) {
            return flaw != Flaw.RETRIES_DEAD_LETTERS_OF_THE_PROCESSOR;
        }
        try {
            return spec.classifier().classify(error) == FailureKind.FINAL && flaw != Flaw.RETRIES_FINAL_FAILURES;
        } catch (RuntimeException broken) {
            return false;
        }
    }

    private Outcome deadLetter(ReferenceFragment<T> item, Throwable error) {
        dead++;
        Throwable reported = flaw == Flaw.DEAD_LETTER_WITHOUT_ERROR ? new Exception("failed") : error;
        DeadLetter<T> letter = new DeadLetter<>(item.fragment, item.attempts, reported, Instant.now());
        note(to -> {
            try {
                keep(letter);
            } finally {
                to.onDeadLetter(letter);
            }
        });
        return new Outcome.Dead(item.attempts, error);
    }

    private void keep(DeadLetter<T> letter) {
        if (flaw != Flaw.FORGETS_DEAD_LETTERS) {
            spec.deadLetters().add(letter);
        }
    }

    @Override
    public DeadLetters<T> deadLetters() {
        return spec.deadLetters();
    }

    /** Settles on a separate thread, because dependent stages may wait; called with or without the monitor. */
    private synchronized void settleElsewhere(Map<ReferenceFragment<T>, Outcome> outcomes) {
        settling.removeIf(thread -> !thread.isAlive());
        settling.add(thread(() -> settle(outcomes), instance));
    }

    private void awaitSettling() throws InterruptedException {
        List<Thread> left;
        synchronized (this) {
            left = List.copyOf(settling);
        }
        for (Thread thread : left) {
            if (thread != Thread.currentThread()) {
                thread.join(10_000);
            }
        }
    }

    private void settle(Map<ReferenceFragment<T>, Outcome> outcomes) {
        outcomes.forEach((item, outcome) -> item.outcome.complete(outcome));
        synchronized (this) {
            unsettled.removeAll(outcomes.keySet());
            notifyAll();
        }
    }

    private void time() {
        while (true) {
            List<ReferenceFragment<T>> late;
            synchronized (this) {
                if (over) {
                    return;
                }
                late = !running.isEmpty()
                                && System.nanoTime() - runningSince
                                        >= settings.batchTimeout().toNanos()
                        ? running
                        : List.of();
                if (late.isEmpty()) {
                    changed();
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
        return MetricsBuilder.of(PipelineMetrics.class)
                .set("accepted", accepted)
                .set("refused", refused)
                .set("processed", processed)
                .set("unchanged", unchanged)
                .set("dead", dead)
                .set("expired", expired)
                .set("duplicates", duplicates)
                .set("retried", retried)
                .set("batches", batches)
                .set("timeouts", timeouts)
                .set("queued", waiting.size())
                .set("inFlight", running.size())
                .set("capacity", settings.capacity())
                .set("batchSize", settings.batch())
                .set("state", state)
                .set("level", level)
                .set("highestLevel", highest)
                .set("levelSignal", flaw == Flaw.LEVEL_HIDES_ITS_SIGNAL ? BackpressureLevel.Signal.FILL : signal)
                .set("levelSignalFraction", flaw == Flaw.LEVEL_HIDES_ITS_SIGNAL ? 0 : signalPart)
                .set("predictedSojourn", Duration.ofNanos(sojournNanos()))
                .set("oldestAge", Duration.ofNanos(ageNanos()))
                .set("putTime", Duration.ofNanos(putNanos))
                .set("busy", Duration.ofNanos(busyNanos))
                .set("running", Duration.ofNanos((end == 0 ? System.nanoTime() : end) - start))
                .set("batchTime", distribution(batchTimes))
                .set("queueWait", distribution(queueWaits))
                .build();
    }

    @Override
    public synchronized boolean drain(Duration limit) throws InterruptedException {
        Set<ReferenceFragment<T>> mine = new HashSet<>(unsettled);
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
        Map<ReferenceFragment<T>, Outcome> outcomes = new LinkedHashMap<>();
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
                List<ReferenceFragment<T>> left = new ArrayList<>(running);
                left.addAll(waiting.takeAll());
                if (flaw == Flaw.CLOSE_FORGETS_LEFTOVERS) {
                    left.clear();
                }
                left.forEach(item -> outcomes.put(item, deadLetter(item, new IllegalStateException("closed"))));
                running = List.of();
                over = true;
                worker.interrupt();
                notifyAll();
            }
            settle(outcomes);
            worker.join(500);
            awaitSettling();
            timer.join(500);
            synchronized (this) {
                become(PipelineState.STOPPED);
                end = System.nanoTime();
            }
            dispatcher.end();
            listening.join(1_000);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
        onClosed.accept(this);
    }

    private synchronized void awaitSettled() throws InterruptedException {
        long until = System.nanoTime() + settings.closeTimeout().toNanos();
        while (!unsettled.isEmpty() && System.nanoTime() < until) {
            wait(1 + (until - System.nanoTime()) / 1_000_000);
        }
    }
}

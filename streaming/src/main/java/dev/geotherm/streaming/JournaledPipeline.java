package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.storage.StorageException;
import dev.geotherm.streaming.journal.Backlog;
import dev.geotherm.streaming.journal.FragmentJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that keeps its fragments on disk: a pipeline in memory, a journal, and the backlog of the fragments that wait on disk only.
 *
 * <p>An accepted fragment is removed from the journal when it has its outcome; a dead one is removed after its letter was kept. Those that
 * are left when the pipeline closes, or the process ends, are the backlog of the next one.
 */
final class JournaledPipeline<T> implements OpenPipeline<T> {
    private static final Logger LOG = LoggerFactory.getLogger(JournaledPipeline.class);

    /** The maximum number of fragments that {@link #putAll} writes together. */
    private static final int GROUP = 128;

    /** The time after which the removals of fragments are written if no other write does it. */
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The time that the thread of the backlog has to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final LanePipeline<T> memory;
    private final FragmentJournal<T> journal;
    private final Consumer<JournaledPipeline<?>> onClosed;
    private final Backlog backlog = new Backlog();
    private final ExecutorService feeding;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder spilled = new LongAdder();
    private final LongAdder handedBack = new LongAdder();
    private final AtomicBoolean unflushed = new AtomicBoolean();
    private final Object closing = new Object();

    /** Producers share the first lock while they write; with the second, no producer does. */
    private final Lock writing;

    private final Lock notWriting;

    private volatile JournalSettings settings;
    private volatile boolean refuses;
    private volatile long recovered;
    private volatile boolean closed;

    JournaledPipeline(
            LanePipeline<T> memory,
            FragmentJournal<T> journal,
            JournalSettings settings,
            ComponentContext context,
            Consumer<JournaledPipeline<?>> onClosed) {
        this.memory = memory;
        this.journal = journal;
        this.settings = settings;
        this.onClosed = onClosed;
        ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
        this.writing = locks.readLock();
        this.notWriting = locks.writeLock();
        this.feeding = context.blockingExecutor(memory.name() + "-journal");
    }

    /** Starts to process the fragments that an earlier process left. */
    void start() {
        for (Priority priority : Priority.values()) {
            backlog.addAll(priority, journal.numbers(priority));
        }
        recovered = backlog.size();
        accepted.add(recovered);
        if (recovered > 0) {
            LOG.info("Pipeline {} processes {} fragments that its journal has kept", name(), recovered);
        }
        if (journal.cutBytes() > 0) {
            LOG.info(
                    "The journal {} had {} bytes of an incomplete write at its end, which are cut off",
                    journal.folder(),
                    journal.cutBytes());
        }
        memory.startOutcomes();
        feeding.execute(this::feed);
    }

    @Override
    public void reconfigure(LanePipelinesSettings newSettings) {
        settings = newSettings.journaling();
        journal.maxBytes(settings.journalBytes().bytes());
        memory.reconfigure(newSettings);
    }

    @Override
    public String name() {
        return memory.name();
    }

    // ---- producers ----

    @Override
    public void put(Fragment<T> fragment) throws InterruptedException {
        accept(List.of(fragment), null);
    }

    @Override
    public CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        accept(List.of(fragment), outcome);
        return outcome.minimalCompletionStage();
    }

    /** Accepts fragments in order, in groups that are written together. */
    @Override
    public void putAll(Collection<Fragment<T>> fragments) throws InterruptedException {
        List<Fragment<T>> all = new ArrayList<>(fragments);
        for (int from = 0; from < all.size(); from += GROUP) {
            accept(all.subList(from, Math.min(all.size(), from + GROUP)), null);
        }
    }

    private void accept(List<Fragment<T>> fragments, @Nullable CompletableFuture<Outcome> outcome)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (Fragment<T> fragment : fragments) {
            requireNonNull(fragment, "fragment");
        }
        JournalSettings now = settings;
        if (now.journal()) {
            write(fragments, outcome, true, now.spill());
            return;
        }
        for (Fragment<T> fragment : fragments) {
            requireAccepting();
            if (!now.spill()) {
                backlog.awaitEmpty();
                requireAccepting();
                memory.intake().put(fragment, outcome);
            } else if (backlog.size() > 0 || !memory.intake().putIfRoom(fragment, outcome)) {
                write(List.of(fragment), outcome, false, true);
                continue;
            }
            accepted.increment();
        }
    }

    private void write(
            List<Fragment<T>> fragments, @Nullable CompletableFuture<Outcome> outcome, boolean force, boolean spill)
            throws InterruptedException {
        writing.lockInterruptibly();
        try {
            requireAccepting();
            long number = journal.add(fragments, force, () -> !refuses);
            if (number == FragmentJournal.FULL) {
                throw refusal();
            }
            int admitted = 0;
            try {
                for (Fragment<T> fragment : fragments) {
                    admit(fragment, number + admitted, outcome, spill);
                    admitted++;
                    accepted.increment();
                }
            } finally {
                for (int i = admitted; i < fragments.size(); i++) {
                    removeWritten(number + i);
                }
            }
        } finally {
            writing.unlock();
        }
    }

    /** Puts a fragment that is on disk into memory, or into the backlog. */
    private void admit(Fragment<T> fragment, long number, @Nullable CompletableFuture<Outcome> outcome, boolean spill)
            throws InterruptedException {
        requireAccepting();
        if (spill) {
            boolean waits = backlog.addUnless(
                    () -> memory.intake().putIfRoom(fragment, outcomeOf(number, outcome)),
                    fragment.priority(),
                    number,
                    outcome);
            if (waits) {
                spilled.increment();
            }
        } else {
            backlog.awaitEmpty();
            requireAccepting();
            memory.intake().put(fragment, outcomeOf(number, outcome));
        }
    }

    /** Answers by the fill of the memory. An accepted fragment is on disk first, if all fragments are. */
    @Override
    public Offer offer(Fragment<T> fragment) {
        requireNonNull(fragment, "fragment");
        JournalSettings now = settings;
        Offer answer = refuses ? Offer.REFUSED_CLOSED : memory.intake().answer(fragment.priority());
        if (answer == Offer.REFUSED_CLOSED || (backlog.size() > 0 && !now.spill())) {
            refused.increment();
            return answer == Offer.REFUSED_CLOSED ? answer : Offer.REFUSED_FULL;
        }
        if (answer.accepted() ? now.journal() : now.spill()) {
            answer = writeOffer(fragment, now);
        } else if (answer.accepted()) {
            answer = memory.intake().offer(fragment, null);
        }
        (answer.accepted() ? accepted : refused).increment();
        return answer;
    }

    private Offer writeOffer(Fragment<T> fragment, JournalSettings now) {
        writing.lock();
        try {
            return refuses ? Offer.REFUSED_CLOSED : writeAndAnswer(fragment, now);
        } finally {
            writing.unlock();
        }
    }

    private Offer writeAndAnswer(Fragment<T> fragment, JournalSettings now) {
        long number = journal.tryAdd(fragment);
        if (number == FragmentJournal.FULL) {
            return Offer.REFUSED_FULL;
        }
        Offer[] answer = {Offer.REFUSED_CLOSED};
        try {
            if (now.journal()) {
                journal.force();
            }
            boolean waits = backlog.addUnless(
                    () -> {
                        answer[0] = memory.intake().offer(fragment, outcomeOf(number, null));
                        return answer[0].accepted() || !now.spill() || answer[0] == Offer.REFUSED_CLOSED;
                    },
                    fragment.priority(),
                    number,
                    null);
            if (waits) {
                spilled.increment();
                answer[0] = Offer.ACCEPTED;
            }
        } finally {
            if (!answer[0].accepted()) {
                removeWritten(number);
            }
        }
        return answer[0];
    }

    private void requireAccepting() {
        if (refuses) {
            throw refusal();
        }
    }

    private IllegalStateException refusal() {
        return new IllegalStateException("pipeline " + name() + " is closed and accepts nothing");
    }

    // ---- outcomes ----

    /** Returns the future that the pipeline in memory completes. */
    private CompletableFuture<Outcome> outcomeOf(long number, @Nullable CompletableFuture<Outcome> outcome) {
        JournaledOutcome settled = new JournaledOutcome();
        var unused = settled.thenAccept(result -> {
            if (result instanceof Outcome.HandedBack) {
                handedBack.increment();
            } else if (result instanceof Outcome.Dead) {
                memory.afterEvents(() -> removeWritten(number)); // its letter is kept then
            } else {
                removeWritten(number);
            }
            if (outcome != null) {
                outcome.complete(result);
            }
        });
        return settled;
    }

    private void removeWritten(long number) {
        journal.remove(number);
        if (!unflushed.getAndSet(true)) {
            backlog.signal();
        }
    }

    /** Puts the backlog into memory, as far as there is room, and writes removals that no other write takes along. */
    private void feed() {
        boolean waited = false;
        while (!backlog.isClosed()) {
            Backlog.Entry next = backlog.awaitFirst(unflushed.get() ? FLUSH_NANOS : Long.MAX_VALUE);
            if (next != null && !admit(next)) {
                backlog.close();
            } else if (next == null && waited && unflushed.getAndSet(false)) {
                journal.flush();
            }
            waited = next == null && unflushed.get();
        }
    }

    /** Returns false if the pipeline in memory accepts nothing more. */
    private boolean admit(Backlog.Entry entry) {
        Fragment<T> fragment;
        try {
            fragment = journal.read(entry.number());
        } catch (RuntimeException unreadable) {
            LOG.error(
                    "Pipeline {} cannot read a fragment of its journal {}; it stays there",
                    name(),
                    journal.folder(),
                    unreadable);
            handedBack.increment();
            backlog.remove(entry);
            if (entry.outcome() != null) {
                entry.outcome().complete(new Outcome.HandedBack(0));
            }
            return true;
        }
        try {
            UninterruptibleWait.await(() -> memory.intake().put(fragment, outcomeOf(entry.number(), entry.outcome())));
        } catch (IllegalStateException refusal) {
            return false;
        }
        backlog.remove(entry);
        return true;
    }

    // ---- closing ----

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        long nanos = TimeUnit.NANOSECONDS.convert(limit);
        return backlog.awaitRemoved(nanos)
                && memory.drain(Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - start))));
    }

    @Override
    public boolean closesAtExit() {
        return memory.closesAtExit();
    }

    @Override
    public void requireForeignThread() {
        memory.requireForeignThread();
    }

    @Override
    public void refuse() {
        if (!refuses) {
            memory.startClosing();
            refuses = true;
            backlog.releaseProducers();
            journal.signal();
        }
        if (backlog.size() == 0) {
            memory.refuse();
        }
    }

    @Override
    public void close() {
        memory.requireForeignThread();
        refuse();
        if (memory.mayClose()) {
            synchronized (closing) {
                if (!closed) {
                    end();
                }
            }
        }
    }

    private void end() {
        UninterruptibleWait.await(memory.closeTimeLeft(), nanos -> {
            boolean ignored = backlog.awaitRemoved(nanos);
        });
        memory.refuse();
        memory.closeUnlessClosed();
        awaitProducers();
        for (CompletableFuture<Outcome> left : backlog.close()) {
            left.complete(new Outcome.HandedBack(0));
        }
        handedBack.add(backlog.size());
        closed = true;
        feeding.shutdown();
        UninterruptibleWait.await(GRACE, nanos -> {
            boolean ignored = feeding.awaitTermination(nanos, TimeUnit.NANOSECONDS);
        });
        int left = journal.size();
        try {
            journal.close();
        } catch (StorageException failed) {
            LOG.error("The journal of pipeline {} cannot be closed", name(), failed);
        }
        onClosed.accept(this);
        if (left > 0) {
            LOG.info(
                    "Pipeline {} is closed; {} fragments are in its journal {}, for the next pipeline there",
                    name(),
                    left,
                    journal.folder());
        }
    }

    /** Waits for producers that wrote a fragment and were then refused: they remove it. */
    private void awaitProducers() {
        UninterruptibleWait.await(GRACE, nanos -> {
            if (notWriting.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                notWriting.unlock();
            }
        });
    }

    // ---- status ----

    @Override
    public BackpressureLevel level() {
        return memory.level();
    }

    @Override
    public PipelineState state() {
        return memory.state();
    }

    @Override
    public void pause() {
        memory.pause();
    }

    @Override
    public void resume() {
        memory.resume();
    }

    @Override
    public DeadLetters<T> deadLetters() {
        return memory.deadLetters();
    }

    @Override
    public PipelineMetrics metrics() {
        int waiting = closed ? 0 : backlog.size();
        PipelineMetrics inMemory = memory.metrics();
        return MetricsBuilder.copyOf(inMemory)
                .set("accepted", accepted.sum())
                .set("refused", refused.sum())
                .set("queued", inMemory.queued() + waiting)
                .set(
                        "journal",
                        new PipelineMetrics.Journal(
                                spilled.sum(), recovered, handedBack.sum(), waiting, journal.bytes()))
                .build();
    }
}

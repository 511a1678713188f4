package dev.geotherm.streaming;

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
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that keeps its fragments on disk: a pipeline in memory, a journal, and the backlog of the fragments that wait on
 * disk only.
 *
 * <p>An accepted fragment is removed from the journal when it has its outcome; a dead one, after its letter was stored. Fragments
 * that are left when the pipeline closes or the process ends are the backlog of the next pipeline.
 */
final class JournaledPipeline<T> implements OpenPipeline<T> {
    private static final Logger LOG = LoggerFactory.getLogger(JournaledPipeline.class);

    /** The maximum number of fragments that {@link #putAll} writes together. */
    private static final int GROUP = 128;

    /** The time after which removals are written if no other write has included them. */
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The time that the thread of the backlog has to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final LanePipeline<T> memory;
    private final FragmentJournal<T> journal;
    private final Consumer<JournaledPipeline<?>> onClosed;
    private final boolean ordered;
    private final Backlog backlog;
    private final ExecutorService feeding;
    private final JournalOutcomes<T> outcomes;
    private final JournalIntake<T> intake;
    private final Object closing = new Object();
    private volatile long recovered;
    private volatile boolean closed;

    JournaledPipeline(
            LanePipeline<T> memory,
            FragmentJournal<T> journal,
            JournalSettings settings,
            boolean ordered,
            ComponentContext context,
            Consumer<JournaledPipeline<?>> onClosed) {
        this.memory = memory;
        this.ordered = ordered;
        this.backlog = new Backlog(ordered);
        this.journal = journal;
        this.onClosed = onClosed;
        memory.forecastWith(backlog::ahead);
        this.outcomes = new JournalOutcomes<>(memory, journal, backlog, ordered);
        this.intake = new JournalIntake<>(memory, journal, backlog, outcomes, settings);
        this.feeding = context.blockingExecutor(memory.name() + "-journal");
    }

    /** Starts to process the fragments that an earlier process left. */
    void start() {
        recover();
        recovered = backlog.size();
        intake.addRecovered(recovered);
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

    private void recover() {
        if (ordered) {
            backlog.addAll(
                    Priority.LOWEST,
                    Stream.of(Priority.values())
                            .flatMapToLong(priority -> LongStream.of(journal.numbers(priority)))
                            .sorted()
                            .toArray());
            return;
        }
        for (Priority priority : Priority.values()) {
            backlog.addAll(priority, journal.numbers(priority));
        }
    }

    @Override
    public void reconfigure(LanePipelinesSettings newSettings) {
        intake.reconfigure(newSettings.journaling());
        journal.maxBytes(newSettings.journaling().journalBytes().bytes());
        memory.reconfigure(newSettings);
    }

    @Override
    public String name() {
        return memory.name();
    }

    // ---- producers ----

    @Override
    public void put(Fragment<T> fragment) throws InterruptedException {
        intake.accept(List.of(fragment), null);
    }

    @Override
    public CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        intake.accept(List.of(fragment), outcome);
        return outcome.minimalCompletionStage();
    }

    /** Accepts fragments in order, in groups that are written together. */
    @Override
    public void putAll(Collection<Fragment<T>> fragments) throws InterruptedException {
        List<Fragment<T>> all = new ArrayList<>(fragments);
        for (int from = 0; from < all.size(); from += GROUP) {
            intake.accept(all.subList(from, Math.min(all.size(), from + GROUP)), null);
        }
    }

    /** Answers by the fill of the pipeline in memory. If every fragment is journaled, it is on disk before it is accepted. */
    @Override
    public Offer offer(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        return intake.offer(fragment, outcome);
    }

    // ---- the backlog ----

    /** Moves the backlog to memory as room permits, and writes the removals that no other write has included. */
    private void feed() {
        boolean waited = false;
        while (!backlog.isClosed()) {
            Backlog.Entry next = backlog.awaitFirst(outcomes.areUnflushed() ? FLUSH_NANOS : Long.MAX_VALUE);
            if (next != null && !admit(next)) {
                backlog.close();
            } else if (next == null && waited) {
                outcomes.flush();
            }
            waited = next == null && outcomes.areUnflushed();
        }
    }

    /** Puts a fragment of the backlog into memory; returns false if the pipeline in memory accepts nothing more. */
    private boolean admit(Backlog.Entry entry) {
        Fragment<T> fragment;
        try {
            fragment = journal.read(entry.number());
        } catch (RuntimeException unreadable) {
            leave(entry, unreadable);
            return true;
        }
        try {
            UninterruptibleWait.await(
                    () -> memory.intake().put(fragment, outcomes.of(entry.number(), entry.outcome())));
        } catch (RuntimeException failed) {
            if (!memory.intake().isAccepting()) {
                return false;
            }
            leave(entry, failed); // thrown by the functions for its key, cost or size
            return true;
        }
        backlog.remove(entry);
        return true;
    }

    private void leave(Backlog.Entry entry, RuntimeException failed) {
        LOG.error(
                "Pipeline {} cannot read or accept a fragment of its journal {}; it stays there",
                name(),
                journal.folder(),
                failed);
        outcomes.addHandedBack(1);
        backlog.remove(entry);
        if (entry.outcome() != null) {
            entry.outcome().complete(new Outcome.HandedBack(0));
        }
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
    public void requireNotOwnThread() {
        memory.requireNotOwnThread();
    }

    @Override
    public void refuse() {
        if (!intake.isRefusing()) {
            memory.startClosing();
            intake.refuse();
            backlog.releaseProducers();
            journal.signal();
            memory.resume(); // to make room for the backlog
        }
        if (backlog.size() == 0) {
            memory.refuse();
        }
    }

    @Override
    public void close() {
        memory.requireNotOwnThread();
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
        intake.awaitProducers(GRACE);
        for (CompletableFuture<Outcome> left : backlog.close()) {
            left.complete(new Outcome.HandedBack(0));
        }
        outcomes.addHandedBack(backlog.size());
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
        if (intake.isRefusing()) {
            memory.resume(); // closing ends a pause
        }
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
                .set("accepted", intake.accepted())
                .set("refused", intake.refused())
                .set("queued", inMemory.queued() + waiting)
                .set(
                        "journal",
                        new PipelineMetrics.Journal(
                                intake.spilled(), recovered, outcomes.handedBack(), waiting, journal.bytes()))
                .build();
    }
}

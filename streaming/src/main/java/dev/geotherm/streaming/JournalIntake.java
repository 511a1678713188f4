package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.RefusedException;
import dev.geotherm.streaming.journal.Backlog;
import dev.geotherm.streaming.journal.FragmentJournal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The producers' side of a pipeline with a journal: a fragment is written to the journal, and then put into the pipeline in
 * memory or, if there is no room, into the backlog. Thread-safe.
 */
final class JournalIntake<T> {
    private final LanePipeline<T> memory;
    private final FragmentJournal<T> journal;
    private final Backlog backlog;
    private final JournalOutcomes<T> outcomes;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder spilled = new LongAdder();

    /** Producers share the first lock while they write; the second one excludes all writers. */
    private final Lock writing;

    private final Lock notWriting;

    private volatile JournalSettings settings;
    private volatile boolean refuses;

    JournalIntake(
            LanePipeline<T> memory,
            FragmentJournal<T> journal,
            Backlog backlog,
            JournalOutcomes<T> outcomes,
            JournalSettings settings) {
        this.memory = memory;
        this.journal = journal;
        this.backlog = backlog;
        this.outcomes = outcomes;
        this.settings = settings;
        ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
        this.writing = locks.readLock();
        this.notWriting = locks.writeLock();
    }

    void reconfigure(JournalSettings newSettings) {
        settings = newSettings;
    }

    /** Accepts fragments in order; those that go to the journal are written together. */
    void accept(List<Fragment<T>> fragments, @Nullable CompletableFuture<Outcome> outcome) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (Fragment<T> fragment : fragments) {
            requireNonNull(fragment, "fragment");
        }
        try {
            acceptOrRefuse(fragments, outcome);
        } catch (RefusedException refusal) {
            refused.increment();
            throw refusal;
        }
    }

    private void acceptOrRefuse(List<Fragment<T>> fragments, @Nullable CompletableFuture<Outcome> outcome)
            throws InterruptedException {
        JournalSettings now = settings;
        if (now.journal()) {
            requireAccepting();
            if (fragments.size() > 0) {
                memory.intake().requireAdmission(fragments.get(0)); // before it is written
            }
            write(fragments, outcome, true, now.spill());
            return;
        }
        for (Fragment<T> fragment : fragments) {
            requireAccepting();
            memory.intake().requireAdmission(fragment);
            if (!now.spill()) {
                backlog.awaitEmpty();
                requireAccepting();
                memory.intake().putOrRefuse(fragment, outcome);
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
                    outcomes.remove(number + i);
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
            memory.intake().requireAdmission(fragment);
            boolean waits = backlog.addUnless(
                    () -> memory.intake().putIfRoom(fragment, outcomes.of(number, outcome)),
                    fragment.priority(),
                    number,
                    outcome);
            if (waits) {
                spilled.increment();
            }
        } else {
            backlog.awaitEmpty();
            requireAccepting();
            memory.intake().putOrRefuse(fragment, outcomes.of(number, outcome));
        }
    }

    /** Answers by the fill of the pipeline in memory. If every fragment is journaled, it is on disk before it is accepted. */
    Offer offer(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        requireNonNull(fragment, "fragment");
        JournalSettings now = settings;
        Offer answer = refuses ? Offer.REFUSED_CLOSED : memory.intake().answer(fragment);
        if (isIndependentOfRoom(answer) || (backlog.size() > 0 && !now.spill())) {
            refused.increment();
            return isIndependentOfRoom(answer) ? answer : Offer.REFUSED_FULL;
        }
        boolean fits = answer.accepted() && backlog.size() == 0; // otherwise, it would overtake fragments on disk
        if (fits ? now.journal() : now.spill()) {
            answer = writeOffer(fragment, outcome, now);
        } else if (answer.accepted()) {
            answer = memory.intake().offer(fragment, outcome);
        }
        (answer.accepted() ? accepted : refused).increment();
        return answer;
    }

    /** Returns whether a refusal is independent of the room in the queue. */
    private static boolean isIndependentOfRoom(Offer answer) {
        return answer == Offer.REFUSED_CLOSED || answer == Offer.REFUSED_DEADLINE;
    }

    private Offer writeOffer(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome, JournalSettings now) {
        writing.lock();
        try {
            return refuses ? Offer.REFUSED_CLOSED : writeAndAnswer(fragment, outcome, now);
        } finally {
            writing.unlock();
        }
    }

    private Offer writeAndAnswer(
            Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome, JournalSettings now) {
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
                        answer[0] = memory.intake().offer(fragment, outcomes.of(number, outcome));
                        return answer[0].accepted() || !now.spill() || isIndependentOfRoom(answer[0]);
                    },
                    fragment.priority(),
                    number,
                    outcome);
            if (waits) {
                spilled.increment();
                answer[0] = Offer.ACCEPTED;
            }
        } finally {
            if (!answer[0].accepted()) {
                outcomes.remove(number);
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
        return new IllegalStateException("pipeline " + memory.name() + " is closed and accepts nothing");
    }

    /** Refuses fragments from now on. */
    void refuse() {
        refuses = true;
    }

    boolean isRefusing() {
        return refuses;
    }

    /** Waits until producers that wrote a fragment and were then refused have removed it. */
    void awaitProducers(Duration limit) {
        UninterruptibleWait.await(limit, nanos -> {
            if (notWriting.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                notWriting.unlock();
            }
        });
    }

    /** Counts fragments that an earlier process has accepted. */
    void addRecovered(long count) {
        accepted.add(count);
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    long spilled() {
        return spilled.sum();
    }
}

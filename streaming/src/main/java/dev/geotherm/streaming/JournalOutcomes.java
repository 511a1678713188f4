package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.streaming.journal.Backlog;
import dev.geotherm.streaming.journal.FragmentJournal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The outcomes of the fragments of a journal: a fragment is removed when it has one, and stays if it is handed back. */
final class JournalOutcomes<T> {
    private final LanePipeline<T> memory;
    private final FragmentJournal<T> journal;
    private final Backlog backlog;
    private final boolean ordered;
    private final LongAdder handedBack = new LongAdder();

    /** The number of removals that wait for events. */
    private final AtomicInteger deferred = new AtomicInteger();

    /** Whether removals have not been written yet. */
    private final AtomicBoolean unflushed = new AtomicBoolean();

    /** Creates the outcomes of a journal; if they are ordered, fragments are removed in the order of their outcomes. */
    JournalOutcomes(LanePipeline<T> memory, FragmentJournal<T> journal, Backlog backlog, boolean ordered) {
        this.memory = memory;
        this.journal = journal;
        this.backlog = backlog;
        this.ordered = ordered;
    }

    /** Returns the future that the pipeline in memory completes. */
    CompletableFuture<Outcome> of(long number, @Nullable CompletableFuture<Outcome> outcome) {
        JournaledOutcome settled = new JournaledOutcome();
        var unused = settled.thenAccept(result -> {
            if (result instanceof Outcome.HandedBack) {
                handedBack.increment();
            } else if (result instanceof Outcome.Dead || (ordered && deferred.get() > 0)) {
                removeAfterEvents(number);
            } else {
                remove(number);
            }
            if (outcome != null) {
                outcome.complete(result);
            }
        });
        return settled;
    }

    /** Removes a fragment once the letters of dead fragments are stored; ordered removals after it wait, too. */
    private void removeAfterEvents(long number) {
        deferred.incrementAndGet();
        memory.afterEvents(() -> {
            try {
                remove(number);
            } finally {
                deferred.decrementAndGet();
            }
        });
    }

    void remove(long number) {
        journal.remove(number);
        if (!unflushed.getAndSet(true)) {
            backlog.signal();
        }
    }

    boolean areUnflushed() {
        return unflushed.get();
    }

    /** Writes the removals that no other write has included. */
    void flush() {
        if (unflushed.getAndSet(false)) {
            journal.flush();
        }
    }

    /** Counts fragments that are left in the journal. */
    void addHandedBack(long count) {
        handedBack.add(count);
    }

    long handedBack() {
        return handedBack.sum();
    }
}

package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A counter of pending fragments by the epoch in which they were accepted: it shows when all fragments accepted before
 * a given moment have their outcome, while more are accepted. Guarded by the queue's monitor.
 */
final class DrainTracker {
    private Epoch current = new Epoch(0);
    private Epoch oldest = current;

    /** Returns the epoch of a fragment that is accepted now; the caller counts the fragment. */
    Epoch current() {
        return current;
    }

    /** Counts outcomes that were reported. */
    void leave(List<? extends Completion<?>> completions) {
        completions.forEach(completion -> requireNonNull(completion.fragment().epoch).pending--);
        while (oldest.next != null && oldest.pending == 0) {
            oldest = oldest.next;
        }
    }

    /** Returns a mark behind every fragment that is pending now. */
    long mark() {
        if (current.pending == 0) {
            return current.number - 1;
        }
        long mark = current.number;
        Epoch next = new Epoch(mark + 1);
        current.next = next;
        current = next;
        return mark;
    }

    /** Returns whether every fragment before a mark has its outcome. */
    boolean isReached(long mark) {
        return oldest.number > mark;
    }

    /** The time between two marks. */
    static final class Epoch {
        private final long number;

        /** The number of its fragments without outcome. */
        int pending;

        private @Nullable Epoch next;

        private Epoch(long number) {
            this.number = number;
        }
    }
}

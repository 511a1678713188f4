package dev.geotherm.streaming;

import java.util.ArrayDeque;

/**
 * Counts the fragments without outcome by the epoch in which they were accepted, so that one can wait for all those before
 * a moment while more are accepted. Guarded by the queue's lock.
 */
final class DrainTracker {
    private final ArrayDeque<Epoch> open = new ArrayDeque<>();
    private Epoch current = new Epoch(0);

    DrainTracker() {
        open.add(current);
    }

    /** Counts a fragment that is accepted now. */
    Epoch enter() {
        current.unsettled++;
        return current;
    }

    /** Counts that a fragment of the epoch has its outcome. */
    void leave(Epoch epoch) {
        epoch.unsettled--;
        dropSettled();
    }

    /** Returns a number for {@link #isSettled} that stands for everything accepted before the call. */
    long mark() {
        if (current.unsettled == 0) {
            return current.number - 1;
        }
        long number = current.number;
        current = new Epoch(number + 1);
        open.add(current);
        return number;
    }

    /** Returns whether all that was accepted before the mark has its outcome. */
    boolean isSettled(long mark) {
        return open.getFirst().number > mark;
    }

    private void dropSettled() {
        while (open.getFirst() != current && open.getFirst().unsettled == 0) {
            open.removeFirst();
        }
    }

    /** The time between two marks. */
    static final class Epoch {
        private final long number;
        private int unsettled;

        private Epoch(long number) {
            this.number = number;
        }
    }
}

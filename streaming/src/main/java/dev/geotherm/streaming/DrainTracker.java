package dev.geotherm.streaming;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A counter of pending fragments by the epoch in which they were accepted: it shows when all fragments accepted before
 * a given moment have their outcome, while more are accepted. Guarded by the queue's lock.
 */
final class DrainTracker {
    private final Condition changed;
    private final ArrayDeque<Epoch> open = new ArrayDeque<>();
    private Epoch current = new Epoch(0);

    DrainTracker(ReentrantLock lock) {
        this.changed = lock.newCondition();
        open.add(current);
    }

    /** Counts a fragment that is accepted now. */
    Epoch enter() {
        current.pending++;
        return current;
    }

    /** Counts outcomes that were reported. */
    void leave(List<? extends Completion<?>> completions) {
        completions.forEach(completion -> completion.fragment().epoch.pending--);
        while (open.getFirst() != current && open.getFirst().pending == 0) {
            open.removeFirst();
        }
        changed.signalAll();
    }

    /** Wakes all waiters, so that they check whether to give up. */
    void wakeAll() {
        changed.signalAll();
    }

    /**
     * Waits until every fragment accepted before the call has its outcome; called with the lock held.
     *
     * @return false if the time ran out or the caller gave up
     */
    boolean await(long nanos, BooleanSupplier givesUp) throws InterruptedException {
        long left = nanos;
        long mark = mark();
        while (open.getFirst().number <= mark) {
            if (left <= 0 || givesUp.getAsBoolean()) {
                return false;
            }
            left = changed.awaitNanos(left);
        }
        return true;
    }

    /** Returns the number of the last epoch that has pending fragments, and begins another after it. */
    private long mark() {
        if (current.pending == 0) {
            return current.number - 1;
        }
        long number = current.number;
        current = new Epoch(number + 1);
        open.add(current);
        return number;
    }

    /** The time between two calls of {@link #await}. */
    static final class Epoch {
        private final long number;
        private int pending;

        private Epoch(long number) {
            this.number = number;
        }
    }
}

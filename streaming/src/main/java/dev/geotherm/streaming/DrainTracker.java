package dev.geotherm.streaming;

import org.jspecify.annotations.Nullable;

/**
 * A counter of outcomes by the epoch in which their fragments were accepted: it shows when all fragments accepted before a given moment
 * have their outcome, while more are accepted. An epoch is a range of positions, so that accepting a fragment costs nothing. Guarded by
 * the queue's monitor.
 */
final class DrainTracker {
    private Epoch current = new Epoch(0, 0);
    private Epoch oldest = current;

    /** Counts a fragment after its outcome was reported, by the number of fragments accepted before it. */
    void leave(long position) {
        Epoch epoch = oldest;
        while (epoch.next != null && position >= epoch.next.start) {
            epoch = epoch.next;
        }
        epoch.pending--;
        while (oldest.next != null && oldest.pending == 0) {
            oldest = oldest.next;
        }
    }

    /** Counts fragments after their outcomes were reported, if they all belong to one epoch; returns whether they do. */
    boolean leaveTogether(int count) {
        boolean single = oldest.next == null;
        if (single) {
            oldest.pending -= count;
        }
        return single;
    }

    /**
     * Returns a mark after every fragment that is pending now.
     *
     * @param accepted the number of fragments accepted so far
     */
    long mark(long accepted) {
        if (accepted - current.start + current.pending == 0) {
            return current.number - 1;
        }
        Epoch next = new Epoch(current.number + 1, accepted);
        long mark = current.number;
        current.pending += accepted - current.start;
        current.next = next;
        current = next;
        return mark;
    }

    /** Returns whether every fragment before a mark has its outcome. */
    boolean isReached(long mark) {
        return oldest.number > mark;
    }

    /** The time between two marks. */
    private static final class Epoch {
        final long number;

        /** The number of fragments accepted before it. */
        final long start;

        /**
         * The number of its fragments without an outcome; in the current epoch, this minus the number of its accepted fragments.
         */
        long pending;

        @Nullable
        Epoch next;

        Epoch(long number, long start) {
            this.number = number;
            this.start = start;
        }
    }
}

package dev.geotherm.streaming.sizing;

import dev.geotherm.api.streaming.BatchSizeReason;

/**
 * A rule for the size of batches, which learns from the time that batches take. Guarded by the queue's monitor.
 *
 * <p>A batch is bounded by the number of its fragments and by the sum of their costs. A batch of one fragment is always allowed.
 */
public interface BatchSizer {

    /** Returns the number of fragments that the next batch may have. */
    int maxFragments();

    /** Returns the cost that the next batch may have if it has several fragments; can be infinite. */
    double maxCost();

    /** Returns how many fragments of usual cost the size allows. */
    int usualFragments();

    /** Returns the reason for the size. */
    BatchSizeReason reason();

    /** Learns from a batch that took the given time. */
    void learn(int fragments, double cost, long nanos);

    /** Applies new bounds. */
    void reconfigure(BatchBounds bounds);

    /** Returns the expected time of a batch apart from its cost, in nanoseconds; 0 if it is not used or not known. */
    double fixedNanos();

    /** Returns the expected time that a unit of cost adds to a batch, in nanoseconds; 0 if it is not used or not known. */
    double nanosPerCost();
}

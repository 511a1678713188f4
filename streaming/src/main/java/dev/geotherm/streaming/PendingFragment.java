package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A fragment without an outcome: a view of its entry in a {@link FragmentBlock}, and the properties that only few fragments need,
 * above all the history of their attempts. Code that changes these properties marks the entry. Guarded like the block; the future
 * of the outcome does not change while the entry is in use.
 */
final class PendingFragment<T> {
    /** Its number among the pending fragments. */
    final int number;

    private final FragmentBlock<T> block;
    private final int index;

    /** Completed with the outcome; null if nobody waits for it. */
    @Nullable
    CompletableFuture<Outcome> outcome;

    /** Its turn among the fragments with its key; null if it has no key, or after its turn. */
    @Nullable
    Turn<T> turn;

    /** The next fragment among the settled ones, or the next sibling among the delayed ones. */
    @Nullable
    PendingFragment<T> next;

    /** The first child among the delayed fragments. */
    @Nullable
    PendingFragment<T> child;

    /** The time until which it is delayed. */
    long dueNanos;

    /** The number of batches that have contained it and ended. */
    int attempts;

    /** The number of times that it failed on its own, not with its whole batch. */
    int failures;

    /**
     * The number of its group; 0 if it has none. A group is one half of a batch that failed as a whole, and is processed as a
     * separate batch.
     */
    long group;

    /** The number of outages that a batch with this fragment has met, with successful batches between them. */
    int outages;

    /** The number of successful batches before the last outage. */
    long successesBefore;

    /** The error of the last attempt. */
    @Nullable
    Throwable error;

    /** Its outcome, once it is settled. */
    @Nullable
    Outcome result;

    PendingFragment(FragmentBlock<T> block, int number) {
        this.block = block;
        this.number = number;
        this.index = FragmentBlock.index(number);
    }

    @SuppressWarnings("NullAway") // the entry is not spare
    Fragment<T> fragment() {
        return block.fragments[index];
    }

    long cost() {
        return block.costs[index];
    }

    long bytes() {
        return block.bytes[index];
    }

    /** Returns the number of fragments accepted before it. */
    long position() {
        return block.publishedAs[index] - 1;
    }

    int lane() {
        return block.lanes[index];
    }

    void setLane(int lane) {
        block.lanes[index] = (byte) lane;
    }

    /** Sets the time at which it entered its lane. */
    void setQueuedNanos(long nanos) {
        block.queuedNanos[index] = nanos;
    }

    /** Records that this object contains something that must be taken into account. */
    void mark() {
        block.marked[index] = true;
    }

    /** Clears this object, so that the entry can become spare. */
    void clear() {
        outcome = null;
        turn = null;
        attempts = 0;
        failures = 0;
        group = 0;
        outages = 0;
        successesBefore = 0;
        error = null;
        result = null;
        block.marked[index] = false;
    }
}

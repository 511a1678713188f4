package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A fragment without outcome, and the history of its attempts; or a spare one, which is empty. A producer fills it in the inbox; from
 * its publication on, it is guarded by the queue's monitor, except for the fragment and its outcome, which do not change until it is
 * recycled.
 */
@SuppressWarnings("NullAway.Init") // a spare one is used by the inbox only
final class PendingFragment<T> {
    /** Access to {@link #publishedAs} with release semantics. */
    static final VarHandle PUBLISHED_AS = publishedAs();

    /** Its number among the pending fragments. */
    final int number;

    /** The block that contains its fragment, and the index there. */
    private final @Nullable Fragment<T>[] block;

    private final int index;

    /** Completed with the outcome; null if nobody waits for it. */
    @Nullable
    CompletableFuture<Outcome> outcome;

    long cost;
    long bytes;

    /** One more than the number of fragments accepted before it; 0 or a smaller number until it is published. */
    volatile long publishedAs;

    /** The lane in which it waits, from 0: that of its priority, one lower after each retry. */
    int lane;

    /** The number of the next fragment in the lane; {@link FragmentSlots#NONE} for the last one. */
    int following;

    /** The next fragment among the settled ones, or the next sibling among the delayed ones. */
    @Nullable
    PendingFragment<T> next;

    /** The first child among the delayed fragments. */
    @Nullable
    PendingFragment<T> child;

    /** The time until which it is delayed. */
    long dueNanos;

    /** The time at which it entered its lane. */
    long queuedNanos;

    /** The number of batches that have contained it. */
    int attempts;

    /** The number of times that it failed on its own, not with its whole batch. */
    int failures;

    /**
     * The number of its group; 0 if it has none. A group is processed as a batch of its own: it is a half of a batch that failed as a
     * whole.
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

    PendingFragment(int number, @Nullable Fragment<T>[] block, int index) {
        this.number = number;
        this.block = block;
        this.index = index;
    }

    private static VarHandle publishedAs() {
        try {
            return MethodHandles.lookup().findVarHandle(PendingFragment.class, "publishedAs", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Returns the number of fragments accepted before it. */
    long position() {
        return publishedAs - 1;
    }

    @SuppressWarnings("NullAway") // it is not a spare one
    Fragment<T> fragment() {
        return block[index];
    }

    void setFragment(Fragment<T> fragment) {
        block[index] = fragment;
    }

    /** Makes it a spare one. */
    void clear() {
        block[index] = null;
        attempts = 0;
        if (outcome != null || result != null) {
            outcome = null;
            result = null;
        }
        if (error != null) {
            error = null;
            failures = 0;
            group = 0;
            outages = 0;
            successesBefore = 0;
        }
    }
}

package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A fragment without outcome, and the history of its attempts. Guarded by the queue's monitor, except for constants. */
final class PendingFragment<T> {
    final Fragment<T> fragment;
    final @Nullable CompletableFuture<Outcome> outcome;
    final long cost;
    final long bytes;

    /** The epoch in which it was accepted; null until then. */
    DrainTracker.@Nullable Epoch epoch;

    /** The lane in which it waits: its priority, one lower after each retry. */
    Priority lane;

    /** The next fragment in the lane. */
    @Nullable
    PendingFragment<T> next;

    /** The time at which it entered its lane. */
    long queuedNanos;

    /** The number of batches that have contained it. */
    int attempts;

    /** The number of times that it failed on its own, not with its whole batch. */
    int failures;

    /** Whether it needs a batch of its own, because a batch that contained it failed as a whole. */
    boolean isolated;

    /** The error of the last attempt. */
    @Nullable
    Throwable error;

    PendingFragment(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome, long cost, long bytes) {
        this.fragment = fragment;
        this.outcome = outcome;
        this.cost = cost;
        this.bytes = bytes;
        this.lane = fragment.priority();
    }
}

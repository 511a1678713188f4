package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineSpec;
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

    /** The next fragment in the lane, or the next sibling among the delayed fragments. */
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

    PendingFragment(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome, long cost, long bytes) {
        this.fragment = fragment;
        this.outcome = outcome;
        this.cost = cost;
        this.bytes = bytes;
        this.lane = fragment.priority();
    }

    static <T> PendingFragment<T> of(
            Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome, PipelineSpec<T> spec) {
        requireNonNull(fragment, "fragment");
        return new PendingFragment<>(fragment, outcome, spec.costOf(fragment), spec.bytesOf(fragment));
    }
}

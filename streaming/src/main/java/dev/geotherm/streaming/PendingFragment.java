package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An accepted fragment without outcome, and the history of its attempts. Guarded by the queue's lock, except for constants. */
final class PendingFragment<T> {
    final Fragment<T> fragment;
    final @Nullable CompletableFuture<Outcome> outcome;
    final DrainTracker.Epoch epoch;

    /** The lane in which it waits: its priority, one lower after each retry. */
    Priority lane;

    /** When it entered its lane. */
    long queuedNanos;

    /** How many batches have contained it. */
    int attempts;

    /** How often it failed by itself, not with a batch of several. */
    int failures;

    /** Whether it needs a batch of its own, because a batch that contained it failed as a whole. */
    boolean isolated;

    /** The error of the last attempt. */
    @Nullable
    Throwable error;

    PendingFragment(
            Fragment<T> fragment,
            @Nullable CompletableFuture<Outcome> outcome,
            DrainTracker.Epoch epoch,
            long queuedNanos) {
        this.fragment = fragment;
        this.outcome = outcome;
        this.epoch = epoch;
        this.lane = fragment.priority();
        this.queuedNanos = queuedNanos;
    }
}

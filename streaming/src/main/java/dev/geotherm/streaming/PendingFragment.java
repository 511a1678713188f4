package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An accepted fragment and what is known of its tries; guarded by the queue's lock, but for the constants. */
final class PendingFragment<T> {
    final Fragment<T> fragment;
    final @Nullable CompletableFuture<Outcome> outcome;
    final DrainTracker.Epoch epoch;

    /** The lane in which it waits: its priority, lower after each retry. */
    Priority lane;

    /** How often it was in a batch. */
    int attempts;

    /** How often it failed by itself, not with a batch of several. */
    int failures;

    /** Whether it must be in a batch of its own, because a batch with it has failed as a whole. */
    boolean alone;

    /** What the last try failed with. */
    @Nullable
    Throwable error;

    PendingFragment(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome, DrainTracker.Epoch epoch) {
        this.fragment = fragment;
        this.outcome = outcome;
        this.epoch = epoch;
        this.lane = fragment.priority();
    }
}

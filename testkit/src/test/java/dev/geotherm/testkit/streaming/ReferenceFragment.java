package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;

/** An accepted fragment and the history of its attempts. */
final class ReferenceFragment<T> {
    final Fragment<T> fragment;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    long queuedNanos = System.nanoTime();
    int lane;
    int attempts;
    int failures;
    int group;

    /** The key; null if the fragment has none. */
    final String key;

    ReferenceFragment(Fragment<T> fragment, String key) {
        this.fragment = fragment;
        this.key = key;
        this.lane = fragment.priority().level();
    }
}

package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;

/** An accepted fragment and what is known of its tries. */
final class ReferenceItem<T> {
    final Fragment<T> fragment;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    int lane;
    int attempts;
    int failures;
    boolean alone;

    ReferenceItem(Fragment<T> fragment) {
        this.fragment = fragment;
        this.lane = fragment.priority().level();
    }
}

package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/** The log of the last evictions, oldest first: at most {@value #CAPACITY}, none older than the maximum age of an anchor. */
final class EvictionLog {
    static final int CAPACITY = 10_000;

    private final ArrayDeque<Eviction> evictions = new ArrayDeque<>();

    private record Eviction(AnchorId id, Instant at) {}

    void add(AnchorId id, Instant at) {
        if (evictions.size() == CAPACITY) {
            evictions.removeFirst();
        }
        evictions.addLast(new Eviction(id, at));
    }

    void forgetBefore(Instant now, Duration age) {
        while (!evictions.isEmpty()
                && Duration.between(evictions.getFirst().at(), now).compareTo(age) > 0) {
            evictions.removeFirst();
        }
    }

    List<AnchorId> after(Instant time) {
        return evictions.stream()
                .filter(eviction -> eviction.at().isAfter(time))
                .map(Eviction::id)
                .toList();
    }
}

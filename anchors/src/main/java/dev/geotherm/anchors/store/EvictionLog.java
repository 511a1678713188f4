package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/** The ids of evicted anchors, for as long as an anchor may live. */
final class EvictionLog {
    private final ArrayDeque<Tombstone> newestLast = new ArrayDeque<>();

    private record Tombstone(AnchorId id, Instant at) {}

    void add(AnchorId id, Instant at) {
        newestLast.addLast(new Tombstone(id, at));
    }

    void forgetBefore(Instant now, Duration age) {
        while (!newestLast.isEmpty()
                && Duration.between(newestLast.getFirst().at(), now).compareTo(age) > 0) {
            newestLast.removeFirst();
        }
    }

    List<AnchorId> after(Instant time) {
        return newestLast.stream()
                .filter(tombstone -> tombstone.at().isAfter(time))
                .map(Tombstone::id)
                .toList();
    }
}

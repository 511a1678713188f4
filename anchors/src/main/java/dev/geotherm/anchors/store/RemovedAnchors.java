package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** The last {@value #CAPACITY} anchors removed from the tracked state, oldest first. */
final class RemovedAnchors {
    static final int CAPACITY = 10_000;

    private final Deque<Removal> removals = new ArrayDeque<>();

    private record Removal(AnchorId id, long revision) {}

    void add(AnchorId id, long revision) {
        if (removals.size() == CAPACITY) {
            removals.removeFirst();
        }
        removals.addLast(new Removal(id, revision));
    }

    /** Adds the anchors removed after a revision. */
    void addTo(Collection<AnchorId> ids, long revision) {
        for (Removal removal : removals) {
            if (removal.revision() > revision) {
                ids.add(removal.id());
            }
        }
    }
}

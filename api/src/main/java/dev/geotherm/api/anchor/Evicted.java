package dev.geotherm.api.anchor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of an eviction.
 *
 * @param anchors the ids of the evicted anchors, sorted
 * @param reassigned the new anchor of each passage that lost its anchor, by passage id; empty for passages of evicted
 *     anchors, which the store no longer contains
 */
public record Evicted(List<AnchorId> anchors, Map<String, Optional<AnchorId>> reassigned) {

    /** Copies the collections. */
    public Evicted {
        anchors = List.copyOf(anchors);
        reassigned = Map.copyOf(reassigned);
    }
}

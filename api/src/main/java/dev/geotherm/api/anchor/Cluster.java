package dev.geotherm.api.anchor;

import java.util.List;

/**
 * A cluster of similar anchors.
 *
 * @param members the ids of its anchors, sorted; at least two
 * @param heat the mean heat of its anchors
 */
public record Cluster(List<AnchorId> members, double heat) {

    /** Copies the list. */
    public Cluster {
        members = List.copyOf(members);
    }
}

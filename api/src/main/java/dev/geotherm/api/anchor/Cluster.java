package dev.geotherm.api.anchor;

import java.util.List;

/**
 * Anchors that are alike.
 *
 * @param members their ids in order, at least two
 * @param heat the mean of their heats
 */
public record Cluster(List<AnchorId> members, double heat) {

    /** Copies the list. */
    public Cluster {
        members = List.copyOf(members);
    }
}

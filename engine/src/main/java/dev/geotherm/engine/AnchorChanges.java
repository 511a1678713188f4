package dev.geotherm.engine;

import dev.geotherm.api.anchor.AnchorId;
import java.util.List;

/**
 * The anchors that changed after a revision.
 *
 * @param since the revision
 * @param revision the newest revision
 * @param changed the added or changed anchors, sorted
 * @param removed the removed anchors, sorted
 */
public record AnchorChanges(long since, long revision, List<AnchorId> changed, List<AnchorId> removed) {

    /** Copies the lists. */
    public AnchorChanges {
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }
}

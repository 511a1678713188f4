package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * The result of ingesting a passage.
 *
 * @param anchor the id of the passage's anchor
 * @param created whether the passage leads an anchor that did not exist before
 * @param reassigned the new anchor of each other passage that lost its anchor, by passage id; empty for passages of
 *     evicted anchors
 */
public record Ingested(AnchorId anchor, boolean created, Map<String, Optional<AnchorId>> reassigned) {

    /** Copies the map. */
    public Ingested {
        requireNonNull(anchor, "anchor");
        reassigned = Map.copyOf(reassigned);
    }
}

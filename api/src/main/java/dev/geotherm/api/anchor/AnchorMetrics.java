package dev.geotherm.api.anchor;

/**
 * What an anchor store has done so far.
 *
 * @param ingested fragments that were ingested
 * @param created anchors that were created
 * @param reinforced reinforcements of anchors
 * @param evicted anchors that were evicted
 * @param anchors anchors that there are now
 * @param compared cosines that were computed to find nearest anchors
 * @param scrubbed personal data that were scrubbed: single finds
 * @param revisions revisions of the tracked state
 */
public record AnchorMetrics(
        long ingested,
        long created,
        long reinforced,
        long evicted,
        int anchors,
        long compared,
        long scrubbed,
        long revisions) {}

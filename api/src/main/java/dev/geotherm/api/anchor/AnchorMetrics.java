package dev.geotherm.api.anchor;

import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;

/**
 * The metrics of an anchor store.
 *
 * @param ingested passages ingested, not counting those that the store already had
 * @param created anchors created
 * @param reinforced passages ingested that reinforced an anchor
 * @param reassigned times that a passage moved to another anchor after its ingestion
 * @param dissolved anchors that ended without an eviction, because their leader was removed or no longer leads
 * @param evicted anchors evicted
 * @param anchors anchors in the store now
 * @param passages passages in the store now
 * @param comparisons cosines computed to find adjacent passages, nearest anchors and clusters; divided by {@code
 *     ingested}, the comparisons per passage
 * @param scrubbed personal data items removed from texts
 * @param revisions revisions of the tracked state
 */
public record AnchorMetrics(
        @Metric(type = MetricType.COUNTER, unit = "passages", description = "Passages ingested")
        long ingested,

        @Metric(type = MetricType.COUNTER, unit = "anchors", description = "Anchors created")
        long created,

        @Metric(
                type = MetricType.COUNTER,
                unit = "passages",
                description = "Passages ingested that reinforced an anchor")
        long reinforced,

        @Metric(
                type = MetricType.COUNTER,
                unit = "changes",
                description = "Changes of the anchor of a passage after it was ingested")
        long reassigned,

        @Metric(
                type = MetricType.COUNTER,
                unit = "anchors",
                description = "Anchors that ended because their leader was removed or no longer leads")
        long dissolved,

        @Metric(type = MetricType.COUNTER, unit = "anchors", description = "Anchors evicted")
        long evicted,

        @Metric(type = MetricType.GAUGE, unit = "anchors", description = "Anchors in the store")
        int anchors,

        @Metric(type = MetricType.GAUGE, unit = "passages", description = "Passages in the store")
        int passages,

        @Metric(
                type = MetricType.COUNTER,
                unit = "comparisons",
                description = "Cosines computed to find adjacent passages, nearest anchors and clusters")
        long comparisons,

        @Metric(type = MetricType.COUNTER, unit = "items", description = "Personal data items removed from texts")
        long scrubbed,

        @Metric(type = MetricType.COUNTER, unit = "revisions", description = "Revisions of the tracked state")
        long revisions) {}

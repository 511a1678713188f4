package dev.geotherm.api.anchor;

import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;

/**
 * The metrics of an anchor store.
 *
 * @param ingested fragments ingested
 * @param created anchors created
 * @param reinforced reinforcements of anchors
 * @param evicted anchors evicted
 * @param anchors anchors in the store now
 * @param comparisons cosines computed to find nearest anchors and clusters; divided by {@code ingested}, the comparisons
 *     per fragment
 * @param scrubbed personal data items removed from texts
 * @param revisions revisions of the tracked state
 */
public record AnchorMetrics(
        @Metric(type = MetricType.COUNTER, unit = "fragments", description = "Fragments ingested")
        long ingested,

        @Metric(type = MetricType.COUNTER, unit = "anchors", description = "Anchors created")
        long created,

        @Metric(type = MetricType.COUNTER, unit = "reinforcements", description = "Reinforcements of anchors")
        long reinforced,

        @Metric(type = MetricType.COUNTER, unit = "anchors", description = "Anchors evicted")
        long evicted,

        @Metric(type = MetricType.GAUGE, unit = "anchors", description = "Anchors in the store")
        int anchors,

        @Metric(
                type = MetricType.COUNTER,
                unit = "comparisons",
                description = "Cosines computed to find nearest anchors and clusters")
        long comparisons,

        @Metric(type = MetricType.COUNTER, unit = "items", description = "Personal data items removed from texts")
        long scrubbed,

        @Metric(type = MetricType.COUNTER, unit = "revisions", description = "Revisions of the tracked state")
        long revisions) {}

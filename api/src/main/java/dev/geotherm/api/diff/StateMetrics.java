package dev.geotherm.api.diff;

import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;

/**
 * The metrics of one tracked state. A closed state has no subscribers and no history.
 *
 * @param commits commits that created a revision
 * @param changes changes in these commits
 * @param subscribers open subscriptions
 * @param historyDeltas deltas in the history
 * @param historyBytes the approximate memory of these deltas
 */
public record StateMetrics(
        @Metric(type = MetricType.COUNTER, unit = "commits", description = "Commits that created a revision")
        long commits,

        @Metric(type = MetricType.COUNTER, unit = "changes", description = "Changes in these commits")
        long changes,

        @Metric(type = MetricType.GAUGE, unit = "subscribers", description = "Open subscriptions")
        int subscribers,

        @Metric(type = MetricType.GAUGE, unit = "deltas", description = "Deltas in the history")
        long historyDeltas,

        @Metric(type = MetricType.GAUGE, unit = "bytes", description = "Approximate memory of the history")
        long historyBytes) {}

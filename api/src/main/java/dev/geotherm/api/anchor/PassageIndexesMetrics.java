package dev.geotherm.api.anchor;

import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;
import java.util.Map;

/**
 * The metrics of a {@link PassageIndexes} component.
 *
 * @param indexes the metrics of each index by name, including closed ones: counters cover all indexes of a name, gauges
 *     only the last one
 * @param opened indexes opened so far
 * @param closed indexes closed so far
 */
public record PassageIndexesMetrics(
        Map<String, PassageIndexMetrics> indexes,

        @Metric(type = MetricType.COUNTER, unit = "indexes", description = "Indexes opened")
        long opened,

        @Metric(type = MetricType.COUNTER, unit = "indexes", description = "Indexes closed")
        long closed) {

    /** Copies the map. */
    public PassageIndexesMetrics {
        indexes = Map.copyOf(indexes);
    }
}

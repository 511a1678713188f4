package dev.geotherm.api.pool;

import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;
import java.util.Map;

/**
 * The metrics of an {@link ObjectPools} component.
 *
 * @param pools the metrics of each pool by name, including closed pools, so that counters never decrease; counters cover
 *     all pools of a name, including later releases into closed pools, and gauges are those of the last pool
 * @param opened pools opened so far
 * @param closed pools closed so far
 */
public record PoolsMetrics(
        Map<String, PoolMetrics> pools,

        @Metric(type = MetricType.COUNTER, unit = "pools", description = "Pools opened")
        long opened,

        @Metric(type = MetricType.COUNTER, unit = "pools", description = "Pools closed")
        long closed) {

    /** Copies the map. */
    public PoolsMetrics {
        pools = Map.copyOf(pools);
    }
}

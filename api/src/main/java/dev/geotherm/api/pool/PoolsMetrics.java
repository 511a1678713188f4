package dev.geotherm.api.pool;

import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;
import java.util.Map;

/**
 * The metrics of an {@link ObjectPools} component.
 *
 * @param pools each pool's metrics by its name, also of pools that are closed, so that counters never fall
 * @param opened pools opened so far
 * @param closed how many of them are closed
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

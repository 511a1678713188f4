package dev.geotherm.api.pool;

import java.util.Map;

/**
 * What the pools of one component have done.
 *
 * @param pools each open pool's metrics, by its name
 * @param opened how many pools were opened so far
 * @param closed how many of these are closed
 */
public record PoolsMetrics(Map<String, PoolMetrics> pools, long opened, long closed) {

    /** Copies the map. */
    public PoolsMetrics {
        pools = Map.copyOf(pools);
    }
}

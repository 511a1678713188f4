package dev.geotherm.api.diff;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;
import java.util.Map;

/**
 * The metrics of a differ, including its tracked states and caches.
 *
 * @param diffs comparisons of two states
 * @param differences changes that comparisons found
 * @param diffTime the time of a comparison
 * @param deltaBytes bytes of encoded deltas before compression
 * @param encodedBytes bytes of encoded deltas
 * @param encodeTime the time to encode a delta
 * @param states tracked states by name
 * @param caches context caches by name
 */
public record DiffMetrics(
        @Metric(type = MetricType.COUNTER, unit = "comparisons", description = "Comparisons of two states")
        long diffs,

        @Metric(type = MetricType.COUNTER, unit = "changes", description = "Changes that comparisons found")
        long differences,

        @Metric(type = MetricType.DISTRIBUTION, unit = "seconds", description = "Time of a comparison")
        Distribution diffTime,

        @Metric(type = MetricType.COUNTER, unit = "bytes", description = "Size of encoded deltas before compression")
        long deltaBytes,

        @Metric(type = MetricType.COUNTER, unit = "bytes", description = "Size of encoded deltas")
        long encodedBytes,

        @Metric(type = MetricType.DISTRIBUTION, unit = "seconds", description = "Time to encode a delta")
        Distribution encodeTime,

        Map<String, StateMetrics> states,
        Map<String, CacheMetrics> caches) {

    /** Copies the maps. */
    public DiffMetrics {
        states = Map.copyOf(states);
        caches = Map.copyOf(caches);
    }
}

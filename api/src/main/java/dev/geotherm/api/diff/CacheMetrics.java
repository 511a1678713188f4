package dev.geotherm.api.diff;

import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;

/**
 * The metrics of one context cache.
 *
 * @param exactHits lookups of a context that the cache had
 * @param nearHits lookups that found only other contexts of the id
 * @param misses lookups that found nothing
 * @param entries values in memory
 */
public record CacheMetrics(
        @Metric(type = MetricType.COUNTER, unit = "lookups", description = "Lookups of a context that the cache had")
        long exactHits,

        @Metric(
                type = MetricType.COUNTER,
                unit = "lookups",
                description = "Lookups that found only other contexts of the id")
        long nearHits,

        @Metric(type = MetricType.COUNTER, unit = "lookups", description = "Lookups that found nothing")
        long misses,

        @Metric(type = MetricType.GAUGE, unit = "values", description = "Values in memory")
        long entries) {}

package dev.geotherm.api.anchor;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;

/**
 * The metrics of a passage index.
 *
 * @param passages passages that searches see now; 0 once the index is closed
 * @param indexed passages added or replaced
 * @param commits completed commits
 * @param searches queries answered, including those from the cache
 * @param cacheHits queries answered from the cache
 * @param graphSearches index segments that vector searches searched approximately, with a graph of the vectors; 0 if
 *     all searches were exact
 * @param time the time to answer a query; the time of a batch is divided equally among its queries
 */
public record PassageIndexMetrics(
        @Metric(type = MetricType.GAUGE, unit = "passages", description = "Passages that searches see")
        long passages,

        @Metric(type = MetricType.COUNTER, unit = "passages", description = "Passages added or replaced")
        long indexed,

        @Metric(type = MetricType.COUNTER, unit = "commits", description = "Commits completed")
        long commits,

        @Metric(type = MetricType.COUNTER, unit = "queries", description = "Queries answered")
        long searches,

        @Metric(type = MetricType.COUNTER, unit = "queries", description = "Queries answered from the cache")
        long cacheHits,

        @Metric(
                type = MetricType.COUNTER,
                unit = "segments",
                description = "Segments searched approximately, by a graph of their vectors")
        long graphSearches,

        @Metric(type = MetricType.DISTRIBUTION, unit = "seconds", description = "Time to answer a query")
        Distribution time) {}

package dev.geotherm.api.anchor;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;

/**
 * The metrics of an embedder.
 *
 * @param texts texts embedded
 * @param characters their length in total, in UTF-16 units
 * @param time the time to embed a text; the time of a batch is divided equally among its texts
 */
public record EmbedderMetrics(
        @Metric(type = MetricType.COUNTER, unit = "texts", description = "Texts embedded")
        long texts,

        @Metric(type = MetricType.COUNTER, unit = "characters", description = "Length of the texts in total")
        long characters,

        @Metric(type = MetricType.DISTRIBUTION, unit = "seconds", description = "Time to embed a text")
        Distribution time) {}

package dev.geotherm.api.anchor;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;

/**
 * The metrics of an embedder.
 *
 * @param texts texts embedded
 * @param characters the total length of these texts, in UTF-16 units
 * @param time the time to embed a text; the time of a batch is divided equally among its texts
 * @param tokens tokens that the model processed or the server billed; 0 for an embedder without tokens
 * @param requests requests sent to a server, including retries; 0 for an embedder without a server
 * @param retried requests that repeated a failed one
 * @param limitTime the time that a request waited because of a rate limit
 */
public record EmbedderMetrics(
        @Metric(type = MetricType.COUNTER, unit = "texts", description = "Texts embedded")
        long texts,

        @Metric(type = MetricType.COUNTER, unit = "characters", description = "Length of the texts in total")
        long characters,

        @Metric(type = MetricType.DISTRIBUTION, unit = "seconds", description = "Time to embed a text")
        Distribution time,

        @Metric(type = MetricType.COUNTER, unit = "tokens", description = "Tokens of the model")
        long tokens,

        @Metric(type = MetricType.COUNTER, unit = "requests", description = "Requests sent to a server")
        long requests,

        @Metric(type = MetricType.COUNTER, unit = "requests", description = "Requests repeated after a failure")
        long retried,

        @Metric(
                type = MetricType.DISTRIBUTION,
                unit = "seconds",
                description = "Time that a request waited because of a rate limit")
        Distribution limitTime) {

    /** Creates the metrics of an embedder that has neither tokens nor a server. */
    public EmbedderMetrics(long texts, long characters, Distribution time) {
        this(texts, characters, time, 0, 0, 0, Distribution.EMPTY);
    }
}

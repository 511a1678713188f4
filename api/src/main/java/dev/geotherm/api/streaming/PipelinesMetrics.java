package dev.geotherm.api.streaming;

import static dev.geotherm.api.metrics.MetricType.COUNTER;

import dev.geotherm.api.metrics.Metric;
import java.util.Map;

/**
 * The metrics of the pipelines of one component.
 *
 * @param pipelines the metrics by name, including closed pipelines: counters cover all pipelines with a name, gauges only
 *     the last one
 * @param opened pipelines opened so far
 * @param closed pipelines closed so far
 */
public record PipelinesMetrics(
        Map<String, PipelineMetrics> pipelines,

        @Metric(type = COUNTER, unit = "pipelines", description = "Pipelines opened")
        long opened,

        @Metric(type = COUNTER, unit = "pipelines", description = "Pipelines closed")
        long closed) {

    /** Copies the map. */
    public PipelinesMetrics {
        pipelines = Map.copyOf(pipelines);
    }
}

package dev.geotherm.api.streaming;

import static dev.geotherm.api.metrics.MetricType.COUNTER;

import dev.geotherm.api.metrics.Metric;
import java.util.Map;

/**
 * The metrics of the pipelines of one component.
 *
 * @param pipelines the metrics of each name, of closed pipelines too: counters cover every pipeline that had the name,
 *     gauges are those of the last one
 * @param opened how many pipelines were opened
 * @param closed how many of them are closed
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

package dev.geotherm.api.streaming;

import java.util.Map;

/**
 * What the pipelines of one component have done.
 *
 * @param pipelines each open pipeline's metrics, by its name
 * @param opened how many pipelines were opened so far
 * @param closed how many of these are closed
 */
public record PipelinesMetrics(Map<String, PipelineMetrics> pipelines, long opened, long closed) {

    /** Copies the map. */
    public PipelinesMetrics {
        pipelines = Map.copyOf(pipelines);
    }
}

package dev.geotherm.profiles.runtime;

import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelinesMetrics;

/** The handle of the ingestion pipelines; pipelines opened through it have handles too. */
final class IngestionPipelinesHandle implements IngestionPipelines {
    private final String description;
    private volatile IngestionPipelines target;

    IngestionPipelinesHandle(String description, IngestionPipelines target) {
        this.description = description;
        this.target = target;
    }

    @Override
    public <T> IngestionPipeline<T> open(PipelineSpec<T> spec) {
        return new IngestionPipelineHandle<>(target.open(spec));
    }

    @Override
    public <T> IngestionPipeline<T> open(String name, FragmentProcessor<T> processor) {
        return new IngestionPipelineHandle<>(target.open(name, processor));
    }

    @Override
    public PipelinesMetrics metrics() {
        return target.metrics();
    }

    /** Throws, because the platform closes its components. */
    @Override
    public void close() {
        throw Handles.closeRefused("streaming");
    }

    @Override
    public String toString() {
        return description;
    }
}

package dev.geotherm.testkit.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelinesMetrics;

/** Deliberately simple pipelines, each with one worker, a fixed batch size and fixed settings. */
final class PlainPipelines implements IngestionPipelines {
    private final NamedInstances<PlainPipeline<?>, PipelineMetrics> pipelines =
            new NamedInstances<>("pipeline", PlainPipeline::metrics, PlainPipeline::close);
    private final ReferenceSettings settings;
    private final ComponentContext context;

    PlainPipelines(ReferenceSettings settings, ComponentContext context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public <T> IngestionPipeline<T> open(PipelineSpec<T> spec) {
        ReferenceSettings own = context.settings(spec.name(), settings);
        return pipelines.open(
                spec.name(),
                () -> new PlainPipeline<>(spec, own, context, closed -> pipelines.closed(spec.name(), closed)));
    }

    @Override
    public PipelinesMetrics metrics() {
        return new PipelinesMetrics(pipelines.metrics(), pipelines.opened(), pipelines.closed());
    }

    @Override
    public void close() {
        pipelines.close();
    }
}

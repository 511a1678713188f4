package dev.geotherm.testkit.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelinesMetrics;
import java.util.Map;
import java.util.stream.Collectors;

/** The simplest pipelines that fulfil the contract, with an optional flaw. */
final class ReferencePipelines implements IngestionPipelines, Reconfigurable<ReferenceSettings> {
    private final ComponentContext context;
    private final Flaw flaw;
    private final NamedInstances<ReferencePipeline<?>, PipelineMetrics> pipelines =
            new NamedInstances<>("pipeline", ReferencePipeline::metrics, ReferencePipeline::close);
    private volatile ReferenceSettings settings;

    ReferencePipelines(ReferenceSettings settings, ComponentContext context, Flaw flaw) {
        this.settings = settings;
        this.context = context;
        this.flaw = flaw;
    }

    @Override
    public <T> IngestionPipeline<T> open(PipelineSpec<T> spec) {
        String name = spec.name();
        boolean shared = flaw == Flaw.NAMES_ARE_SHARED
                && pipelines.list().stream().anyMatch(one -> one.name().equals(name));
        String registered = shared ? name + " again" : name;
        return pipelines.open(
                registered,
                () -> new ReferencePipeline<>(
                        context.instance(),
                        settings(name, flaw == Flaw.IGNORES_INSTANCE_SETTINGS),
                        flaw,
                        spec,
                        context.clock(),
                        closed -> pipelines.closed(registered, closed)));
    }

    private ReferenceSettings settings(String name, boolean ofTheComponent) {
        return ofTheComponent ? settings : context.settings(name, settings);
    }

    @Override
    public void reconfigure(ReferenceSettings newSettings) {
        settings = newSettings;
        for (ReferencePipeline<?> pipeline : pipelines.list()) {
            pipeline.reconfigure(settings(pipeline.name(), flaw == Flaw.RECONFIGURES_WITHOUT_INSTANCE_SETTINGS));
        }
    }

    @Override
    public PipelinesMetrics metrics() {
        Map<String, PipelineMetrics> metrics = flaw == Flaw.FORGETS_CLOSED_PIPELINES
                ? pipelines.list().stream()
                        .collect(Collectors.toMap(ReferencePipeline::name, ReferencePipeline::metrics))
                : pipelines.metrics();
        return new PipelinesMetrics(metrics, pipelines.opened(), pipelines.closed());
    }

    @Override
    public void close() {
        pipelines.close();
    }
}

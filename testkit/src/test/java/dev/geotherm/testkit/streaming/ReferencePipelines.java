package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelinesMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The plainest pipelines that keep the contract, and broken ones: what the contract is tested with. */
final class ReferencePipelines implements IngestionPipelines {
    private final PipelineShape shape;
    private final String instance;
    private final Flaw flaw;
    private final Map<String, ReferencePipeline<?>> open = new HashMap<>();
    private long opened;
    private long ended;
    private boolean closed;

    ReferencePipelines(PipelineShape shape, String instance, Flaw flaw) {
        this.shape = shape;
        this.instance = instance;
        this.flaw = flaw;
    }

    @Override
    public synchronized <T> IngestionPipeline<T> open(
            String name, FragmentProcessor<T> processor, PipelineListener<T> listener) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (open.containsKey(name) && flaw != Flaw.NAMES_ARE_SHARED) {
            throw new IllegalArgumentException(name + " is open");
        }
        ReferencePipeline<T> pipeline =
                new ReferencePipeline<>(name, instance, shape, flaw, processor, listener, () -> forget(name));
        open.put(name, pipeline);
        opened++;
        return pipeline;
    }

    private synchronized void forget(String name) {
        open.remove(name);
        ended++;
    }

    @Override
    public synchronized PipelinesMetrics metrics() {
        Map<String, PipelineMetrics> metrics = new HashMap<>();
        open.forEach((name, pipeline) -> metrics.put(name, pipeline.metrics()));
        return new PipelinesMetrics(metrics, opened, ended);
    }

    @Override
    public void close() {
        List<ReferencePipeline<?>> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(open.values());
        }
        left.forEach(ReferencePipeline::close);
    }
}

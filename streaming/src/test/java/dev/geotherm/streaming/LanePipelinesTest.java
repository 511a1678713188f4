package dev.geotherm.streaming;

import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.testkit.streaming.IngestionPipelinesContract;
import dev.geotherm.testkit.streaming.PipelineShape;
import dev.geotherm.testkit.streaming.PipelinesCapability;
import java.util.EnumSet;
import java.util.Set;

final class LanePipelinesTest extends IngestionPipelinesContract {
    @Override
    protected IngestionPipelines pipelines(PipelineShape shape) {
        return new LanePipelines(
                new LanePipelinesSettings(
                        shape.capacity(),
                        shape.threshold(),
                        shape.initialBatch(),
                        shape.maxBatch(),
                        shape.targetBatchTime(),
                        shape.batchTimeout(),
                        shape.maxRetries(),
                        shape.workers(),
                        shape.closeTimeout()),
                instance);
    }

    @Override
    protected Set<PipelinesCapability> capabilities() {
        return EnumSet.allOf(PipelinesCapability.class);
    }
}

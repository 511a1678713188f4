package dev.geotherm.streaming;

import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;
import dev.geotherm.testkit.streaming.IngestionPipelinesContract;
import dev.geotherm.testkit.streaming.PipelineShape;
import dev.geotherm.testkit.streaming.PipelinesCapability;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

final class LanePipelinesTest extends IngestionPipelinesContract {
    @Override
    protected IngestionPipelinesFactory<?> factory() {
        return new LanePipelinesFactory();
    }

    @Override
    protected Record settings(PipelineShape shape) {
        return new LanePipelinesSettings(
                TestSettings.backpressure(shape),
                new BatchSettings(
                        BatchSizing.PREDICTIVE,
                        shape.initialBatch(),
                        shape.maxBatch(),
                        shape.maxBatchCost(),
                        shape.targetBatchTime(),
                        shape.linger(),
                        shape.batchTimeout()),
                new RetrySettings(shape.maxRetries(), Duration.ZERO, Duration.ofMillis(10)),
                TestSettings.journaling(shape.journal(), false),
                shape.workers(),
                false,
                true,
                RateLimitSettings.NONE,
                shape.closeTimeout());
    }

    @Override
    protected Set<PipelinesCapability> capabilities() {
        return EnumSet.allOf(PipelinesCapability.class);
    }
}

package dev.geotherm.streaming;

import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.testkit.streaming.IngestionPipelinesContract;
import dev.geotherm.testkit.streaming.PipelineShape;
import dev.geotherm.testkit.streaming.PipelinesCapability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** The contract of pipelines that keep accepted fragments on disk. */
final class JournaledContractTest extends IngestionPipelinesContract {
    @TempDir
    Path folder;

    @Override
    protected IngestionPipelinesFactory<?> factory() {
        return new LanePipelinesFactory();
    }

    @Override
    protected PipelineSpec<String> specification(PipelineSpec<String> spec) {
        return spec.withJournal(folder.resolve(UUID.randomUUID().toString()), ContentCodec.text());
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
                TestSettings.journaling(true, false),
                shape.workers(),
                false,
                true,
                RateLimitSettings.NONE,
                shape.closeTimeout());
    }

    @Override
    protected Set<PipelinesCapability> capabilities() {
        Set<PipelinesCapability> all = EnumSet.allOf(PipelinesCapability.class);
        all.remove(PipelinesCapability.SURVIVES_STACK_OVERFLOW);
        return all;
    }
}

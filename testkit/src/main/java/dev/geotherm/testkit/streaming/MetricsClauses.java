package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.failIds;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static dev.geotherm.testkit.streaming.PipelineFixture.putInBackground;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clauses about metrics. */
abstract class MetricsClauses {
    private final PipelineFixture fixture;

    MetricsClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void metrics_ofBlockedPipelineAddUp() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT);
        IngestionPipeline<String> pipeline = fixture.open(component, "measured", processor, new RecordingListener());
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 20);

        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.accepted()).isEqualTo(21);
        assertThat(metrics.queued()).isEqualTo(20);
        assertThat(metrics.inFlight()).isEqualTo(1);
        assertThat(metrics.capacity()).isEqualTo(100);
        assertThat(metrics.processed() + metrics.dead()).isZero();
        assertThat(metrics.state()).isEqualTo(PipelineState.RUNNING);
        assertThat(metrics.level()).isEqualTo(pipeline.level());
        assertThat(component.metrics().pipelines()).containsOnlyKeys("measured");
        assertThat(component.metrics().opened()).isEqualTo(1);
    }

    @Test
    void metrics_ofClosedPipelineRemain() throws Exception {
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withMaxRetries(1), batch -> failIds(batch, "bad"));
        fixture.outcome(pipeline, fragment("bad"));
        fixture.outcome(pipeline, fragment("good"));
        pipeline.close();

        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.accepted()).isEqualTo(2);
        assertThat(metrics.processed()).isEqualTo(1);
        assertThat(metrics.dead()).isEqualTo(1);
        assertThat(metrics.retried()).isEqualTo(1);
        assertThat(metrics.batches()).isEqualTo(3);
        assertThat(metrics.queued() + metrics.inFlight()).isZero();
        assertThat(metrics.state()).isEqualTo(PipelineState.STOPPED);
        assertThat(metrics.busy()).isPositive();
        assertThat(pipeline.metrics().running()).isEqualTo(metrics.running());
    }

    @Test
    void metrics_countersCoverEveryPipelineOfTheName() throws Exception {
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT);
        for (int life = 1; life <= 2; life++) {
            IngestionPipeline<String> pipeline = component.open("again", batch -> {});
            fixture.outcome(pipeline, fragment("a"));
            assertThat(metricsOf(component, "again").processed()).isEqualTo(life);
            pipeline.close();

            PipelineMetrics metrics = metricsOf(component, "again");
            assertThat(metrics.accepted()).isEqualTo(life);
            assertThat(metrics.processed()).isEqualTo(life);
            assertThat(metrics.batchTime().count()).isEqualTo(life);
            assertThat(metrics.state()).isEqualTo(PipelineState.STOPPED);
        }
    }

    @Test
    void metrics_recordBatchTimeAndQueueWait() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1)), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 2);
        long accepted = System.nanoTime();
        fixture.eventually(() -> System.nanoTime() - accepted > 20_000_000);
        processor.release();
        fixture.drain(pipeline);

        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.batchTime().count()).isEqualTo(metrics.batches()).isEqualTo(3);
        assertThat(metrics.batchTime().max()).isBetween(0.015, metrics.busy().toNanos() / 1e9 * 1.05);
        assertThat(metrics.queueWait().count()).isEqualTo(3);
        assertThat(metrics.queueWait().max()).isBetween(0.015, metrics.running().toNanos() / 1e9 * 1.05);
        assertThat(metrics.queueWait().p50()).isGreaterThan(0.015); // two of three have waited for the plug
    }

    @Test
    void metrics_measureWaitOfProducers() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(1), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 1);
        BackgroundTask<Boolean> producer = putInBackground(pipeline, "late");
        fixture.staysBlocked(producer);
        processor.release();
        fixture.get(producer.result());

        assertThat(pipeline.metrics().putTime()).isGreaterThan(Duration.ofMillis(40));
    }

    private static PipelineMetrics metricsOf(IngestionPipelines component, String name) {
        return Optional.ofNullable(component.metrics().pipelines().get(name)).orElseThrow();
    }
}

package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Clauses about batches and workers. */
abstract class BatchClauses {
    private static final PipelineShape ONE_BY_ONE = PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1));
    private final PipelineFixture fixture;

    BatchClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void batch_isNotLargerThanAllowed() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withBatches(4, 7, Duration.ofHours(1)), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 90);
        processor.release();
        fixture.drain(pipeline);

        assertThat(processor.batches)
                .allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 7))
                .anySatisfy(batch -> assertThat(batch).hasSizeGreaterThan(1));
    }

    @Test
    void batch_sizeFollowsTargetTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ControllableProcessor slow = ControllableProcessor.unblocked(
                batch -> assertThat(never.await(batch.fragments().size(), TimeUnit.MILLISECONDS))
                        .isFalse());
        IngestionPipeline<String> tooLarge =
                fixture.open(PipelineShape.DEFAULT.withBatches(10, 10, Duration.ofNanos(1_000)), slow);
        IngestionPipeline<String> tooSmall = fixture.create(
                        PipelineShape.DEFAULT.withBatches(2, 10, Duration.ofHours(1)))
                .open("small", ControllableProcessor.unblocked(batch -> {}));
        putAll(tooLarge, "f", 80);
        putAll(tooSmall, "f", 80);
        fixture.drain(tooLarge);
        fixture.drain(tooSmall);

        boolean adapts = fixture.can(PipelinesCapability.ADAPTIVE_BATCHES);
        assertThat(tooLarge.metrics().batchSize()).isEqualTo(adapts ? 1 : 10);
        assertThat(tooSmall.metrics().batchSize()).isEqualTo(adapts ? 10 : 2);
    }

    @Test
    void batch_isTakenWithoutWaitingForMore() throws Exception {
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {});

        assertThat(fixture.outcome(pipeline, fragment("single"))).isEqualTo(new Outcome.Processed(1));
    }

    @Test
    void batch_severalAreProcessedAtOnce() throws Exception {
        boolean several = fixture.can(PipelinesCapability.SEVERAL_WORKERS);
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(ONE_BY_ONE.withWorkers(several ? 3 : 1), processor);
        putAll(pipeline, "f", 10);

        fixture.eventually(() -> processor.inside.get() == (several ? 3 : 1));
        processor.release();
        fixture.drain(pipeline);
        assertThat(processor.mostInside).hasValue(several ? 3 : 1);
    }

    @Test
    void batch_fragmentsAreImmutable() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {
            try {
                batch.fragments().remove(0);
            } catch (UnsupportedOperationException refused) {
                thrown.set(refused);
            }
        });
        fixture.outcome(pipeline, fragment("a"));

        assertThat(thrown.get()).isNotNull();
    }
}

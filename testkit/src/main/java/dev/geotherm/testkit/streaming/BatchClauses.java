package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineSpec;
import java.time.Duration;
import java.util.List;
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
                batch -> assertThat(never.await(5L * batch.fragments().size(), TimeUnit.MILLISECONDS))
                        .isFalse());
        IngestionPipeline<String> tooLarge =
                fixture.open(PipelineShape.DEFAULT.withBatches(10, 10, Duration.ofNanos(1_000)), slow);
        IngestionPipeline<String> tooSmall = fixture.create(
                        PipelineShape.DEFAULT.withBatches(2, 10, Duration.ofHours(1)))
                .open("small", ControllableProcessor.unblocked(batch -> {}));
        boolean adapts = fixture.can(PipelinesCapability.ADAPTIVE_BATCHES);
        putAll(tooLarge, "f", 40);
        putAll(tooSmall, "f", 80);
        fixture.drain(tooLarge);
        fixture.drain(tooSmall);
        for (int more = 0; adapts && more < 1_000 && tooLarge.metrics().batchSize() > 1; more++) {
            fixture.outcome(tooLarge, fragment("more" + more)); // a batch may have been stopped for a while
        }

        assertThat(tooLarge.metrics().batchSize()).isEqualTo(adapts ? 1 : 10);
        assertThat(tooSmall.metrics().batchSize()).isEqualTo(adapts ? 10 : 2);
    }

    @Test
    void batch_isTakenWithoutWaitingForMore() throws Exception {
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {});

        assertThat(fixture.outcome(pipeline, fragment("single"))).isEqualTo(new Outcome.Processed(1));
    }

    @Test
    void batch_costIsNotHigherThanAllowed() throws Exception {
        boolean costs = fixture.can(PipelinesCapability.COSTS);
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.create(PipelineShape.DEFAULT.withMaxBatchCost(10))
                .open(fixture.specification(PipelineSpec.of("costly", processor))
                        .withCost(String::length));
        fixture.plug(pipeline, processor);
        for (int length : new int[] {4, 6, 1, 12, 3, 7}) {
            pipeline.put(fragment("c" + length).withContent("x".repeat(length)));
        }
        processor.release();
        fixture.drain(pipeline);

        assertThat(processor.batches.subList(1, processor.batches.size()))
                .isEqualTo(
                        costs
                                ? List.of(List.of("c4", "c6"), List.of("c1"), List.of("c12"), List.of("c3", "c7"))
                                : List.of(List.of("c4", "c6", "c1", "c12", "c3", "c7")));
    }

    @Test
    void batch_negativeCostIsRefused() {
        IngestionPipeline<String> pipeline = fixture.create(PipelineShape.DEFAULT)
                .open(fixture.specification(PipelineSpec.<String>of("negative", batch -> {}))
                        .withCost(content -> -1));

        if (fixture.can(PipelinesCapability.COSTS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline.put(fragment("a")))
                    .withMessageContaining("fragment a");
            assertThat(pipeline.metrics().accepted()).isZero();
        }
    }

    @Test
    void linger_waitsUntilBatchIsFull() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(
                PipelineShape.DEFAULT.withBatches(3, 3, Duration.ofHours(1)).withLinger(Duration.ofHours(1)),
                processor);
        boolean lingers = fixture.can(PipelinesCapability.LINGER);
        pipeline.put(fragment("a"));
        fixture.eventually(() -> processor.entered.get() == (lingers ? 0 : 1));
        putAll(pipeline, "f", lingers ? 2 : 5);
        fixture.eventually(() -> processor.entered.get() == 1);
        putAll(pipeline, "g", 1);
        processor.release();
        pipeline.close();

        assertThat(processor.batches)
                .isEqualTo(
                        lingers
                                ? List.of(List.of("a", "f0", "f1"), List.of("g0"))
                                : List.of(List.of("a"), List.of("f0", "f1", "f2"), List.of("f3", "f4", "g0")));
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

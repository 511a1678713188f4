package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static dev.geotherm.testkit.streaming.PipelineFixture.putInBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about {@code put} and {@code putAll}. */
abstract class PutClauses {
    private final PipelineFixture fixture;

    PutClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void put_waitsWhileQueueIsFull() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(5), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 5);

        BackgroundTask<Boolean> producer = putInBackground(pipeline, "late");
        fixture.staysBlocked(producer);
        assertThat(pipeline.metrics().accepted()).isEqualTo(6);

        processor.release();
        assertThat(fixture.get(producer.result())).isTrue();
        fixture.drain(pipeline);
        assertThat(processor.ids()).containsExactly("plug", "f0", "f1", "f2", "f3", "f4", "late");
    }

    @Test
    void put_waitsWhileBytesAreFull() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacityBytes(2_000), processor);
        fixture.plug(pipeline, processor);
        pipeline.put(fragment("small").withContent("x".repeat(10)));
        pipeline.put(fragment("large").withContent("x".repeat(5_000)));

        BackgroundTask<Boolean> producer = putInBackground(pipeline, "late");
        if (fixture.can(PipelinesCapability.BYTES)) {
            fixture.staysBlocked(producer);
            assertThat(pipeline.offer(fragment("later", Priority.HIGHEST))).isEqualTo(Offer.REFUSED_FULL);
            assertThat(pipeline.level()).isEqualTo(BackpressureLevel.CRITICAL);
            assertThat(pipeline.metrics().queuedBytes()).isEqualTo(10_020);
        } else {
            assertThat(fixture.get(producer.result())).isTrue();
        }
        processor.release();
        assertThat(fixture.get(producer.result())).isTrue();
        fixture.drain(pipeline);
        assertThat(processor.ids()).containsExactly("plug", "small", "large", "late");
        assertThat(pipeline.metrics().queuedBytes()).isZero();
    }

    @Test
    void put_everyWaitingProducerGetsRoom() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(2), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 2);
        List<BackgroundTask<Boolean>> producers =
                List.of(putInBackground(pipeline, "a"), putInBackground(pipeline, "b"), putInBackground(pipeline, "c"));

        processor.release();

        for (BackgroundTask<Boolean> producer : producers) {
            assertThat(fixture.get(producer.result())).isTrue();
        }
    }

    @Test
    void put_interruptedAcceptsNothing() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(1), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 1);
        BackgroundTask<Boolean> producer = putInBackground(pipeline, "interrupted");
        fixture.staysBlocked(producer);

        producer.thread().interrupt();

        assertThatThrownBy(() -> fixture.get(producer.result())).hasCauseInstanceOf(InterruptedException.class);
        processor.release();
        fixture.drain(pipeline);
        assertThat(processor.ids()).containsExactly("plug", "f0");
        assertThat(pipeline.metrics().accepted()).isEqualTo(2);
    }

    @Test
    void putAll_keepsOrder() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);

        pipeline.putAll(List.of(fragment("a"), fragment("b"), fragment("c")));

        processor.release();
        fixture.drain(pipeline);
        assertThat(processor.ids()).containsExactly("plug", "a", "b", "c");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what the clause is about
    void put_nullIsRefused() {
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {});

        assertThatThrownBy(() -> pipeline.put(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> pipeline.offer(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> pipeline.submit(null)).isInstanceOf(NullPointerException.class);
        assertThat(pipeline.metrics().accepted()).isZero();
    }
}

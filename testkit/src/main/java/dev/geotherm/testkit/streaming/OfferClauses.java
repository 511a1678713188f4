package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static dev.geotherm.testkit.streaming.PipelineFixture.putInBackground;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Priority;
import org.junit.jupiter.api.Test;

/** Clauses about {@code offer}. */
abstract class OfferClauses {
    private final PipelineFixture fixture;

    OfferClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void offer_belowHighWatermarkIsAccepted() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(10), processor);
        fixture.plug(pipeline, processor);

        for (int i = 0; i < 8; i++) {
            assertThat(pipeline.offer(fragment("f" + i))).isEqualTo(Offer.ACCEPTED);
        }
        processor.release();
        fixture.drain(pipeline);
        assertThat(processor.ids()).hasSize(9);
    }

    @Test
    void offer_fromHighWatermarkOnIsRefused() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(10), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 8);

        assertThat(pipeline.offer(fragment("refused", Priority.HIGH))).isEqualTo(Offer.REFUSED_BACKPRESSURE);
        assertThat(pipeline.metrics().refused()).isEqualTo(1);
        assertThat(pipeline.metrics().queued()).isEqualTo(8);
    }

    @Test
    void offer_roomAboveHighWatermarkIsForHighestPriorityAndPut() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(10), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 8);

        assertThat(pipeline.offer(fragment("urgent", Priority.HIGHEST))).isEqualTo(Offer.ACCEPTED);
        assertThat(fixture.get(putInBackground(pipeline, "patient").result())).isTrue();
    }

    @Test
    void offer_toFullQueueIsRefused() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(10), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 10);

        assertThat(pipeline.offer(fragment("a", Priority.HIGHEST))).isEqualTo(Offer.REFUSED_FULL);
        assertThat(pipeline.offer(fragment("b", Priority.LOWEST))).isEqualTo(Offer.REFUSED_FULL);
        assertThat(pipeline.metrics().accepted()).isEqualTo(11);
    }

    @Test
    void offer_afterCloseIsRefused() {
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {});
        pipeline.close();

        assertThat(pipeline.offer(fragment("a", Priority.HIGHEST))).isEqualTo(Offer.REFUSED_CLOSED);
        assertThat(pipeline.metrics().accepted()).isZero();
        assertThat(pipeline.metrics().refused()).isEqualTo(1);
    }
}

package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clauses about opening pipelines and getting fragments into them. */
abstract class AcceptanceClauses extends PipelinesFixture {

    @Nested
    class Opening {
        @Test
        void aPipelineIsOpenedRunningUnderItsName() {
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {});

            assertThat(pipeline.name()).isEqualTo("clause");
            assertThat(pipeline.state()).isEqualTo(PipelineState.RUNNING);
            assertThat(pipeline.level()).isEqualTo(BackpressureLevel.NONE);
        }

        @Test
        void twoOpenPipelinesCannotShareAName() {
            IngestionPipelines component = create(PipelineShape.USUAL);
            component.<String>open("same", batch -> {});

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> component.<String>open("same", batch -> {}))
                    .withMessageContaining("same");
            assertThat(component.metrics().opened()).isEqualTo(1);
        }

        @Test
        void theNameOfAClosedPipelineIsFree() throws Exception {
            IngestionPipelines component = create(PipelineShape.USUAL);
            component.<String>open("same", batch -> {}).close();

            IngestionPipeline<String> again = component.open("same", batch -> {});

            assertThat(outcome(again, fragment("a"))).isEqualTo(new Outcome.Processed(1));
        }

        @Test
        void aClosedComponentOpensNothing() {
            IngestionPipelines component = create(PipelineShape.USUAL);
            component.close();

            assertThatIllegalStateException().isThrownBy(() -> component.<String>open("late", batch -> {}));
        }
    }

    @Nested
    class Putting {
        @Test
        void putWaitsWhileTheQueueIsFull() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(5), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 5);

            Aside<Boolean> producer = putAside(pipeline, "late");
            stays(() -> !producer.result().isDone());
            assertThat(pipeline.metrics().accepted()).isEqualTo(6);

            plant.release();
            assertThat(get(producer.result())).isTrue();
            drain(pipeline);
            assertThat(plant.ids()).containsExactly("plug", "f0", "f1", "f2", "f3", "f4", "late");
        }

        @Test
        void everyProducerThatWaitsGetsRoom() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(2), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 2);
            List<Aside<Boolean>> producers =
                    List.of(putAside(pipeline, "a"), putAside(pipeline, "b"), putAside(pipeline, "c"));

            plant.release();

            for (Aside<Boolean> producer : producers) {
                assertThat(get(producer.result())).isTrue();
            }
        }

        @Test
        void anInterruptedPutAcceptsNothing() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(1), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 1);
            Aside<Boolean> producer = putAside(pipeline, "interrupted");
            stays(() -> !producer.result().isDone());

            producer.thread().interrupt();

            assertThatThrownBy(() -> get(producer.result())).hasCauseInstanceOf(InterruptedException.class);
            plant.release();
            drain(pipeline);
            assertThat(plant.ids()).containsExactly("plug", "f0");
            assertThat(pipeline.metrics().accepted()).isEqualTo(2);
        }

        @Test
        void putAllKeepsTheOrder() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            plug(pipeline, plant);

            pipeline.putAll(List.of(fragment("a"), fragment("b"), fragment("c")));

            plant.release();
            drain(pipeline);
            assertThat(plant.ids()).containsExactly("plug", "a", "b", "c");
        }

        @Test
        @SuppressWarnings("NullAway") // the point of the clause
        void nullIsRefused() {
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {});

            assertThatThrownBy(() -> pipeline.put(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> pipeline.offer(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> pipeline.submit(null)).isInstanceOf(NullPointerException.class);
            assertThat(pipeline.metrics().accepted()).isZero();
        }
    }

    @Nested
    class Offering {
        @Test
        void offersAreAcceptedBelowTheThreshold() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(10), plant);
            plug(pipeline, plant);

            for (int i = 0; i < 8; i++) {
                assertThat(pipeline.offer(fragment("f" + i))).isEqualTo(Offer.ACCEPTED);
            }
            plant.release();
            drain(pipeline);
            assertThat(plant.ids()).hasSize(9);
        }

        @Test
        void offersAreRefusedFromTheThresholdOn() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(10), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 8);

            assertThat(pipeline.offer(fragment("refused", Priority.HIGH))).isEqualTo(Offer.REFUSED_BACKPRESSURE);
            assertThat(pipeline.metrics().refused()).isEqualTo(1);
            assertThat(pipeline.metrics().queued()).isEqualTo(8);
        }

        @Test
        void roomAboveTheThresholdIsKeptForTheHighestPriorityAndForPut() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(10), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 8);

            assertThat(pipeline.offer(fragment("urgent", Priority.HIGHEST))).isEqualTo(Offer.ACCEPTED);
            assertThat(get(putAside(pipeline, "patient").result())).isTrue();
        }

        @Test
        void aFullQueueRefusesEveryOffer() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(10), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 10);

            assertThat(pipeline.offer(fragment("a", Priority.HIGHEST))).isEqualTo(Offer.REFUSED_FULL);
            assertThat(pipeline.offer(fragment("b", Priority.LOWEST))).isEqualTo(Offer.REFUSED_FULL);
            assertThat(pipeline.metrics().accepted()).isEqualTo(11);
        }

        @Test
        void aClosedPipelineRefusesEveryOffer() {
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {});
            pipeline.close();

            assertThat(pipeline.offer(fragment("a", Priority.HIGHEST))).isEqualTo(Offer.REFUSED_CLOSED);
            assertThat(pipeline.metrics().accepted()).isZero();
            assertThat(pipeline.metrics().refused()).isEqualTo(1);
        }
    }

    @Nested
    class Submitting {
        @Test
        void theStageTellsOfSuccess() throws Exception {
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {});

            assertThat(outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Processed(1));
        }

        @Test
        void theStageTellsOfDeathWithItsError() throws Exception {
            Exception error = new Exception("planted");
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL, batch -> batch.fragments().forEach(one -> batch.fail(one, error)));

            assertThat(outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Dead(4, error));
        }

        @Test
        void theStageIsCompleteWhenThePipelineIsDrained() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            CompletableFuture<Outcome> stage = pipeline.submit(fragment("a")).toCompletableFuture();
            Aside<Boolean> drainer = aside(() -> pipeline.drain(patience()) && stage.isDone());
            stays(() -> !drainer.result().isDone());

            plant.release();

            assertThat(get(drainer.result())).isTrue();
        }

        @Test
        void aCallerCannotEndAFragmentByItsStage() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            CompletionStage<Outcome> stage = pipeline.submit(fragment("a"));
            stage.toCompletableFuture().cancel(true);

            plant.release();
            drain(pipeline);

            assertThat(plant.ids()).containsExactly("a");
            assertThat(pipeline.metrics().processed()).isEqualTo(1);
        }
    }
}

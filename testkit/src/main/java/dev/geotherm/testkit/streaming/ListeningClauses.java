package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clauses about levels, states and listeners. */
abstract class ListeningClauses extends EveryFragmentClauses {

    @Nested
    class Listening {
        @Test
        void everyChangeOfLevelIsToldOnceInOrder() throws Exception {
            Plant plant = Plant.held();
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL.withBatches(1, 1, Duration.ofHours(1)), plant, ear);
            plug(pipeline, plant);
            putAll(pipeline, "f", 100);
            assertThat(pipeline.level()).isEqualTo(BackpressureLevel.CRITICAL);
            plant.release();
            drain(pipeline);

            BackpressureLevel[] all = BackpressureLevel.values();
            List<List<BackpressureLevel>> expected = new ArrayList<>();
            for (int i = 0; i < all.length - 1; i++) {
                expected.add(List.of(all[i], all[i + 1]));
            }
            for (int i = all.length - 1; i > 0; i--) {
                expected.add(List.of(all[i], all[i - 1]));
            }
            eventually(() -> ear.levels.size() >= expected.size());
            assertThat(ear.levels).isEqualTo(expected);
            assertThat(pipeline.level()).isEqualTo(BackpressureLevel.NONE);
            assertThat(pipeline.metrics().highestLevel()).isEqualTo(BackpressureLevel.CRITICAL);
        }

        @Test
        void theStateFollowsTheThreshold() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(10), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 7);
            assertThat(pipeline.state()).isEqualTo(PipelineState.RUNNING);
            putAll(pipeline, "g", 2);
            assertThat(pipeline.state()).isEqualTo(PipelineState.BACKPRESSURE);

            plant.release();
            drain(pipeline);
            eventually(() -> pipeline.state() == PipelineState.RUNNING);
        }

        @Test
        void everyChangeOfStateIsToldOnceInOrder() throws Exception {
            Plant plant = Plant.held();
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(10), plant, ear);
            plug(pipeline, plant);
            putAll(pipeline, "f", 10);
            plant.release();
            drain(pipeline);
            pipeline.close();

            eventually(() -> !ear.states.isEmpty()
                    && ear.states.get(ear.states.size() - 1).get(1) == PipelineState.STOPPED);
            List<List<PipelineState>> states = new ArrayList<>(ear.states);
            states.remove(List.of(PipelineState.STARTING, PipelineState.RUNNING)); // may be before anybody listens
            assertThat(states)
                    .containsExactly(
                            List.of(PipelineState.RUNNING, PipelineState.BACKPRESSURE),
                            List.of(PipelineState.BACKPRESSURE, PipelineState.RUNNING),
                            List.of(PipelineState.RUNNING, PipelineState.DRAINING),
                            List.of(PipelineState.DRAINING, PipelineState.STOPPED));
            assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
        }

        @Test
        void everyBatchIsToldWithItsFailures() throws Exception {
            Plant plant = Plant.held(batch -> failIds(batch, "bad"));
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withMaxRetries(0), plant, ear);
            plug(pipeline, plant);
            pipeline.putAll(List.of(fragment("good"), fragment("bad"), fragment("better")));
            plant.release();
            drain(pipeline);

            eventually(
                    () -> ear.batches.stream().mapToInt(batch -> batch.get(0)).sum() == 4);
            assertThat(ear.batches.stream().mapToInt(batch -> batch.get(1)).sum())
                    .isEqualTo(1);
            assertThat(pipeline.metrics().batches()).isEqualTo(ear.batches.size());
        }

        @Test
        void theListenerIsCalledByOneThreadAtATime() throws Exception {
            Ear ear = new Ear();
            int workers = capabilities().contains(PipelinesCapability.SEVERAL_WORKERS) ? 3 : 1;
            IngestionPipeline<String> pipeline = open(
                    PipelineShape.USUAL.withCapacity(4).withMaxRetries(0).withWorkers(workers),
                    batch -> batch.fragments().forEach(one -> batch.fail(one, new Exception("planted"))),
                    ear);
            List<Aside<Boolean>> producers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String prefix = i + "-";
                producers.add(aside(() -> {
                    putAll(pipeline, prefix, 200);
                    return true;
                }));
            }
            for (Aside<Boolean> producer : producers) {
                get(producer.result());
            }
            drain(pipeline);
            eventually(() -> ear.letters.size() == 600);

            assertThat(ear.mostInside).hasValue(1);
        }

        @Test
        void theListenerIsCalledOutsideOfLocks() throws Exception {
            CompletableFuture<IngestionPipeline<String>> heard = new CompletableFuture<>();
            CountDownLatch asked = new CountDownLatch(1);
            PipelineListener<String> asking = new PipelineListener<>() {
                @Override
                public void onDeadLetter(DeadLetter<String> letter) {
                    // Another thread gets through to the pipeline while this one is in the listener.
                    if (aside(() -> heard.join().offer(fragment("good")).accepted()
                                    && heard.join().metrics().accepted() == 2)
                            .result()
                            .completeOnTimeout(false, patience().toMillis() / 2, TimeUnit.MILLISECONDS)
                            .join()) {
                        asked.countDown();
                    }
                }
            };
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL.withMaxRetries(0), batch -> failIds(batch, "bad"), asking);
            heard.complete(pipeline);
            pipeline.put(fragment("bad"));

            eventually(() -> asked.getCount() == 0);
        }

        @Test
        void aListenerThatThrowsChangesNothing() throws Exception {
            PipelineListener<String> throwing = new Ear() {
                @Override
                public void onLevel(BackpressureLevel from, BackpressureLevel to) {
                    throw new IllegalStateException("planted");
                }

                @Override
                public void onState(PipelineState from, PipelineState to) {
                    throw new IllegalStateException("planted");
                }

                @Override
                public void onBatch(int size, int failed, Duration took) {
                    throw new IllegalStateException("planted");
                }

                @Override
                public void onDeadLetter(DeadLetter<String> letter) {
                    throw new AssertionError("planted");
                }
            };
            IngestionPipeline<String> pipeline = open(
                    PipelineShape.USUAL.withCapacity(2).withMaxRetries(0), batch -> failIds(batch, "bad"), throwing);

            assertThat(outcome(pipeline, fragment("bad"))).isInstanceOf(Outcome.Dead.class);
            putAll(pipeline, "f", 20);
            drain(pipeline);
            assertThatCode(pipeline::close).doesNotThrowAnyException();
            assertThat(pipeline.metrics().processed()).isEqualTo(20);
            assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
        }
    }
}

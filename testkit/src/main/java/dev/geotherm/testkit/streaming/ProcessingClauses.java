package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clauses about order and batches. */
abstract class ProcessingClauses extends AcceptanceClauses {
    static final PipelineShape ONE_BY_ONE = PipelineShape.USUAL.withBatches(1, 1, Duration.ofHours(1));

    @Nested
    class Order {
        @Test
        void fragmentsOfOnePriorityAreTakenInOrder() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            plug(pipeline, plant);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                pipeline.put(fragment("f" + i, i % 3 == 0 ? Priority.HIGH : Priority.LOW));
                if (i % 3 != 0) {
                    expected.add("f" + i);
                }
            }
            plant.release();
            drain(pipeline);

            List<String> lows = new ArrayList<>(plant.ids());
            lows.retainAll(expected);
            assertThat(lows).isEqualTo(expected);
        }

        @Test
        void higherPrioritiesGoFirst() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            plug(pipeline, plant);
            for (int i = 0; i < 15; i++) {
                for (Priority priority : Priority.values()) {
                    pipeline.put(fragment(priority.level() + "-" + i, priority));
                }
            }
            plant.release();
            drain(pipeline);

            // A share for lower priorities is allowed, so it is the mean position that counts.
            double[] sums = new double[6];
            List<String> ids = plant.ids();
            for (int i = 1; i < ids.size(); i++) {
                sums[ids.get(i).charAt(0) - '0'] += i;
            }
            for (int level = 1; level < 5; level++) {
                assertThat(sums[level + 1])
                        .as("positions of priority %s", level + 1)
                        .isLessThan(sums[level]);
            }
        }

        @Test
        void aBatchHasHigherPrioritiesFirst() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            plug(pipeline, plant);
            for (int i = 0; i < 10; i++) {
                pipeline.put(fragment((i % 5 + 1) + "-" + i, Priority.ofLevel(i % 5 + 1)));
            }
            plant.release();
            drain(pipeline);

            assertThat(plant.batches)
                    .allSatisfy(batch -> assertThat(batch.stream()
                                    .filter(id -> !id.equals("plug"))
                                    .map(id -> id.charAt(0)))
                            .isSortedAccordingTo(Collections.reverseOrder()));
        }

        @Test
        void lowPrioritiesAreNotStarved() throws Exception {
            CompletableFuture<IngestionPipeline<String>> feed = new CompletableFuture<>();
            AtomicInteger rounds = new AtomicInteger();
            // Each fragment is replaced by another urgent one before its batch ends, so that there is always one.
            Plant plant = Plant.held(batch -> {
                for (Fragment<String> ignored : batch.fragments()) {
                    if (rounds.incrementAndGet() < 2_000) {
                        feed.join().offer(fragment("urgent", Priority.HIGHEST));
                    }
                }
            });
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            feed.complete(pipeline);
            plug(pipeline, plant);
            for (int i = 0; i < 20; i++) {
                pipeline.put(fragment("urgent", Priority.HIGHEST));
            }
            pipeline.put(fragment("patient", Priority.LOWEST));
            plant.release();
            drain(pipeline);
            eventually(() -> pipeline.metrics().queued() == 0);
            pipeline.close();

            assertThat(plant.ids().indexOf("patient")).isBetween(1, 1_500);
        }

        @Test
        void fragmentsThatAreEqualAreAllProcessed() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            plug(pipeline, plant);
            Fragment<String> twin = fragment("twin");
            for (int i = 0; i < 30; i++) {
                pipeline.put(i % 2 == 0 ? twin : fragment("twin"));
            }
            plant.release();
            drain(pipeline);

            assertThat(Collections.frequency(plant.ids(), "twin")).isEqualTo(30);
        }
    }

    @Nested
    class Batches {
        @Test
        void noBatchIsLargerThanAllowed() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL.withBatches(4, 7, Duration.ofHours(1)), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 90);
            plant.release();
            drain(pipeline);

            assertThat(plant.batches)
                    .allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 7))
                    .anySatisfy(batch -> assertThat(batch).hasSizeGreaterThan(1));
        }

        @Test
        void theBatchSizeFollowsTheTargetTime() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            Plant slow =
                    Plant.open(batch -> assertThat(never.await(batch.fragments().size(), TimeUnit.MILLISECONDS))
                            .isFalse());
            IngestionPipeline<String> tooLarge =
                    open(PipelineShape.USUAL.withBatches(10, 10, Duration.ofNanos(1_000)), slow);
            IngestionPipeline<String> tooSmall = create(PipelineShape.USUAL.withBatches(2, 10, Duration.ofHours(1)))
                    .open("small", Plant.open(batch -> {}));
            putAll(tooLarge, "f", 80);
            putAll(tooSmall, "f", 80);
            drain(tooLarge);
            drain(tooSmall);

            boolean adapts = capabilities().contains(PipelinesCapability.ADAPTIVE_BATCHES);
            assertThat(tooLarge.metrics().batchSize()).isEqualTo(adapts ? 1 : 10);
            assertThat(tooSmall.metrics().batchSize()).isEqualTo(adapts ? 10 : 2);
        }

        @Test
        void whatWaitsIsTakenWithoutWaitingForMore() throws Exception {
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {});

            assertThat(outcome(pipeline, fragment("single"))).isEqualTo(new Outcome.Processed(1));
        }

        @Test
        void severalWorkersProcessAtOnce() throws Exception {
            boolean several = capabilities().contains(PipelinesCapability.SEVERAL_WORKERS);
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(ONE_BY_ONE.withWorkers(several ? 3 : 1), plant);
            putAll(pipeline, "f", 10);

            eventually(() -> plant.inside.get() == (several ? 3 : 1));
            plant.release();
            drain(pipeline);
            assertThat(plant.mostInside).hasValue(several ? 3 : 1);
        }

        @Test
        void theFragmentsOfABatchCannotBeChanged() throws Exception {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {
                try {
                    batch.fragments().remove(0);
                } catch (UnsupportedOperationException refused) {
                    thrown.set(refused);
                }
            });
            outcome(pipeline, fragment("a"));

            assertThat(thrown.get()).isNotNull();
        }
    }
}

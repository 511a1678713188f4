package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clauses about order, batches, failures and timeouts. */
abstract class ProcessingClauses extends AcceptanceClauses {
    private static final PipelineShape ONE_BY_ONE = PipelineShape.USUAL.withBatches(1, 1, Duration.ofHours(1));

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

    @Nested
    class Failures {
        @Test
        void aSingleFragmentCanFail() throws Exception {
            Plant plant = Plant.held(batch -> failIds(batch, "bad"));
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant, ear);
            plug(pipeline, plant);
            pipeline.putAll(List.of(fragment("good1"), fragment("bad"), fragment("good2")));
            plant.release();
            drain(pipeline);

            assertThat(Collections.frequency(plant.ids(), "good1")).isEqualTo(1);
            assertThat(Collections.frequency(plant.ids(), "good2")).isEqualTo(1);
            assertThat(pipeline.metrics().processed()).isEqualTo(3);
            assertThat(pipeline.metrics().dead()).isEqualTo(1);
        }

        @Test
        void aStrangerToTheBatchCannotFail() throws Exception {
            AtomicReference<Throwable> refused = new AtomicReference<>();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {
                try {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> batch.fail(fragment("stranger"), new Exception("planted")));
                } catch (AssertionError wrong) {
                    refused.set(wrong);
                }
            });

            assertThat(outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Processed(1));
            assertThat(refused.get()).isNull();
        }

        @Test
        void aFailedFragmentIsTriedAgainUntilItSucceeds() throws Exception {
            AtomicInteger tries = new AtomicInteger();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {
                if (tries.incrementAndGet() < 3) {
                    failIds(batch, "a");
                }
            });

            assertThat(outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Processed(3));
            assertThat(pipeline.metrics().retried()).isEqualTo(2);
        }

        @Test
        void aDeadLetterHasTheFragmentTheTriesAndTheLastError() throws Exception {
            List<Exception> errors = new ArrayList<>();
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline = open(
                    PipelineShape.USUAL.withMaxRetries(2),
                    batch -> batch.fragments().forEach(one -> {
                        errors.add(new Exception("planted " + errors.size()));
                        batch.fail(one, errors.get(errors.size() - 1));
                    }),
                    ear);
            Fragment<String> bad = fragment("bad", Priority.HIGH);

            outcome(pipeline, bad);

            eventually(() -> ear.letters.size() == 1);
            assertThat(errors).hasSize(3);
            assertThat(ear.letters).containsExactly(new DeadLetter<>(bad, 3, errors.get(2)));
        }

        @Test
        void withoutRetriesTheFirstFailureIsTheLast() throws Exception {
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL.withMaxRetries(0), batch -> failIds(batch, "a"));

            assertThat(outcome(pipeline, fragment("a")).attempts()).isEqualTo(1);
            assertThat(pipeline.metrics().retried()).isZero();
        }

        @Test
        void aRetryHasALowerPriority() throws Exception {
            Plant plant = Plant.held(batch -> failIds(batch, "bad"));
            IngestionPipeline<String> pipeline = open(ONE_BY_ONE.withMaxRetries(1), plant);
            pipeline.put(fragment("bad", Priority.HIGH));
            eventually(() -> plant.entered.get() == 1);
            pipeline.put(fragment("high", Priority.HIGH));
            pipeline.put(fragment("normal", Priority.NORMAL));
            plant.release();
            drain(pipeline);

            assertThat(plant.ids()).containsExactly("bad", "high", "normal", "bad");
        }

        @Test
        void aRetryNeverFindsTheQueueFull() throws Exception {
            Plant plant = Plant.held(batch -> failIds(batch, "bad0", "bad1", "bad2"));
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL.withCapacity(3).withMaxRetries(1), plant);
            plug(pipeline, plant);
            putAll(pipeline, "bad", 3);
            List<Aside<Boolean>> producers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                producers.add(putAside(pipeline, "good" + i));
            }
            plant.release();
            for (Aside<Boolean> producer : producers) {
                get(producer.result());
            }
            drain(pipeline);

            assertThat(pipeline.metrics().processed()).isEqualTo(4);
            assertThat(pipeline.metrics().dead()).isEqualTo(3);
        }

        @Test
        void aProcessorThatThrowsTakesOnlyTheBadFragmentWithIt() throws Exception {
            IllegalArgumentException error = new IllegalArgumentException("planted");
            Plant plant = Plant.held(batch -> throwOnBad(batch, error));
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withMaxRetries(0), plant, ear);
            plug(pipeline, plant);
            pipeline.putAll(List.of(fragment("good1"), fragment("bad"), fragment("good2"), fragment("good3")));
            plant.release();
            drain(pipeline);
            eventually(() -> ear.letters.size() == 1);

            assertThat(pipeline.metrics().processed()).isEqualTo(4);
            assertThat(ear.letters.get(0).fragment().id()).isEqualTo("bad");
            assertThat(ear.letters.get(0).error()).isSameAs(error);
            assertThat(plant.batches).contains(List.of("good1"), List.of("good2"), List.of("good3"), List.of("bad"));
        }

        @Test
        void anErrorThatIsThrownFailsItsBatchOnly() throws Exception {
            IngestionPipeline<String> pipeline = open(
                    PipelineShape.USUAL.withMaxRetries(0),
                    batch -> throwOnBad(batch, new StackOverflowError("planted")));

            assertThat(outcome(pipeline, fragment("bad"))).isInstanceOf(Outcome.Dead.class);
            assertThat(outcome(pipeline, fragment("good"))).isEqualTo(new Outcome.Processed(1));
        }
    }

    @Nested
    class Timeouts {
        private final PipelineShape hasty =
                PipelineShape.USUAL.withBatchTimeout(Duration.ofMillis(150)).withMaxRetries(0);

        @Test
        void aBatchThatTakesTooLongIsInterruptedAndDies() throws Exception {
            CountDownLatch interrupted = new CountDownLatch(1);
            IngestionPipeline<String> pipeline = open(hasty, batch -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException stopped) {
                    interrupted.countDown();
                    throw stopped;
                }
            });

            Outcome outcome = outcome(pipeline, fragment("slow"));

            assertThat(outcome).isInstanceOf(Outcome.Dead.class);
            assertThat(((Outcome.Dead) outcome).error()).isInstanceOf(TimeoutException.class);
            assertThat(get(aside(() -> {
                                interrupted.await();
                                return true;
                            })
                            .result()))
                    .isTrue();
            assertThat(pipeline.metrics().timeouts()).isEqualTo(1);
        }

        @Test
        void aBatchThatTookTooLongIsTriedAgain() throws Exception {
            AtomicInteger tries = new AtomicInteger();
            IngestionPipeline<String> pipeline = open(hasty.withMaxRetries(1), batch -> {
                if (tries.incrementAndGet() == 1) {
                    new CountDownLatch(1).await();
                }
            });

            assertThat(outcome(pipeline, fragment("slow"))).isEqualTo(new Outcome.Processed(2));
        }

        @Test
        void aSuccessAfterTheTimeoutIsNoSecondOutcome() throws Exception {
            CountDownLatch late = new CountDownLatch(1);
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline = open(
                    hasty,
                    batch -> {
                        if (batch.fragments().get(0).id().equals("slow")) {
                            awaitStubbornly(late);
                        }
                    },
                    ear);

            assertThat(outcome(pipeline, fragment("slow"))).isInstanceOf(Outcome.Dead.class);
            late.countDown();
            outcome(pipeline, fragment("next"));

            assertThat(pipeline.metrics().processed()).isEqualTo(1);
            assertThat(pipeline.metrics().dead()).isEqualTo(1);
            assertThat(pipeline.metrics().batches()).isEqualTo(2);
        }

        @Test
        void theInterruptOfOneBatchDoesNotReachTheNext() throws Exception {
            Set<String> interrupted = ConcurrentHashMap.newKeySet();
            IngestionPipeline<String> pipeline = open(hasty, batch -> {
                String id = batch.fragments().get(0).id();
                if (id.equals("slow")) {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                } else if (Thread.currentThread().isInterrupted()) {
                    interrupted.add(id);
                }
            });

            outcome(pipeline, fragment("slow"));
            outcome(pipeline, fragment("next"));

            assertThat(interrupted).isEmpty();
        }
    }

    static void failIds(Batch<String> batch, String... ids) {
        for (Fragment<String> fragment : batch.fragments()) {
            if (List.of(ids).contains(fragment.id())) {
                batch.fail(fragment, new Exception("planted for " + fragment.id()));
            }
        }
    }

    private static <E extends Throwable> void throwOnBad(Batch<String> batch, E error) throws E {
        if (batch.fragments().stream().anyMatch(one -> one.id().equals("bad"))) {
            throw error;
        }
    }

    /** Waits as a processor does that ignores interrupts. */
    static void awaitStubbornly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException ignored) {
                done = false;
            }
        }
    }
}

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clauses about failures, retries and timeouts. */
abstract class FailureClauses extends ProcessingClauses {

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

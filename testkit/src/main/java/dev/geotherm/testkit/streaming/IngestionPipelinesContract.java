package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.testkit.ThreadsLeft;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of {@link IngestionPipelines} does.
 *
 * <p>Extend it, say how a {@link PipelineShape} is written in your settings, and what your implementation can do:
 *
 * <pre>{@code
 * final class MyPipelinesTest extends IngestionPipelinesContract {
 *     @Override
 *     protected IngestionPipelines pipelines(PipelineShape shape) {
 *         return new MyPipelines(new MySettings(shape.capacity(), shape.threshold(), …), instance);
 *     }
 *
 *     @Override
 *     protected Set<PipelinesCapability> capabilities() {
 *         return EnumSet.allOf(PipelinesCapability.class);
 *     }
 * }
 * }</pre>
 *
 * <p>Threads are to be named {@code geotherm-<instance>-…} with the given {@link #instance}, so that the contract sees
 * whether they end. No clause depends on the speed of the machine; each waits for at most {@link #patience()}.
 */
public abstract class IngestionPipelinesContract extends ListeningClauses {

    /** For subclasses. */
    protected IngestionPipelinesContract() {}

    @Nested
    class Draining {
        @Test
        void drainWaitsForEveryOutcome() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            putAll(pipeline, "f", 30);
            Aside<Boolean> drainer = aside(() -> pipeline.drain(patience()));
            stays(() -> !drainer.result().isDone());

            plant.release();

            assertThat(get(drainer.result())).isTrue();
            assertThat(pipeline.metrics().processed()).isEqualTo(30);
        }

        @Test
        void drainGivesUpWhenTheTimeIsOver() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            pipeline.put(fragment("a"));

            assertThat(pipeline.drain(Duration.ZERO)).isFalse();
            assertThat(pipeline.drain(Duration.ofMillis(20))).isFalse();
        }

        @Test
        void drainDoesNotWaitForWhatIsAcceptedLater() throws Exception {
            CountDownLatch later = new CountDownLatch(1);
            Plant plant = Plant.held(batch -> {
                if (batch.fragments().get(0).id().equals("later")) {
                    later.await();
                }
            });
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL.withBatches(1, 1, Duration.ofHours(1)), plant);
            pipeline.put(fragment("first"));
            Aside<Boolean> drainer = aside(() -> pipeline.drain(patience()));
            eventually(() -> drainer.thread().getState() == Thread.State.TIMED_WAITING
                    || drainer.result().isDone());
            assertThat(drainer.result()).isNotDone();
            pipeline.put(fragment("later"));

            plant.release();

            assertThat(get(drainer.result())).isTrue();
            assertThat(pipeline.metrics().processed()).isEqualTo(1);
            later.countDown();
        }

        @Test
        void anInterruptEndsTheWaitOfDrain() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            pipeline.put(fragment("a"));
            Aside<Boolean> drainer = aside(() -> pipeline.drain(patience()));
            stays(() -> !drainer.result().isDone());

            drainer.thread().interrupt();

            assertThatThrownBy(() -> get(drainer.result())).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Nested
    class Closing {
        @Test
        void closeFinishesWhatWasAccepted() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, plant);
            putAll(pipeline, "f", 50);
            Aside<Boolean> closer = closeAside(pipeline);
            eventually(() -> pipeline.state() == PipelineState.DRAINING);
            assertThatIllegalStateException().isThrownBy(() -> pipeline.put(fragment("late")));
            assertThatIllegalStateException().isThrownBy(() -> pipeline.submit(fragment("late")));

            plant.release();

            get(closer.result());
            assertThat(pipeline.metrics().processed()).isEqualTo(50);
            assertThat(pipeline.metrics().accepted()).isEqualTo(50);
        }

        @Test
        void whatIsLeftBecomesDeadLetters() throws Exception {
            Plant plant = Plant.held();
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL.withCloseTimeout(Duration.ofMillis(20)), plant, ear);
            plug(pipeline, plant);
            CompletionStage<Outcome> left = pipeline.submit(fragment("left"));

            pipeline.close();

            assertThat(left.toCompletableFuture()).isCompleted();
            assertThat(get(left)).isInstanceOf(Outcome.Dead.class);
            assertThat(get(left).attempts()).isZero();
            assertThat(pipeline.metrics().dead()).isEqualTo(2);
            assertThat(ear.letters.stream().map(letter -> letter.fragment().id()))
                    .containsExactlyInAnyOrder("plug", "left");
            assertThat(ear.letters)
                    .allSatisfy(letter -> assertThat(letter.error()).isNotNull());
        }

        @Test
        void aProcessorThatIgnoresInterruptsDoesNotHoldUpClose() throws Exception {
            CountDownLatch stubborn = new CountDownLatch(1);
            IngestionPipeline<String> pipeline = open(
                    PipelineShape.USUAL.withCloseTimeout(Duration.ofMillis(20)), batch -> awaitStubbornly(stubborn));
            CompletionStage<Outcome> stuck = pipeline.submit(fragment("stuck"));
            eventually(() -> pipeline.metrics().inFlight() == 1);

            try {
                get(closeAside(pipeline).result());
                assertThat(get(stuck)).isInstanceOf(Outcome.Dead.class);
            } finally {
                stubborn.countDown();
            }
            assertThat(pipeline.metrics().dead()).isEqualTo(1);
        }

        @Test
        void producersThatWaitAreReleased() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(1), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 1);
            Aside<Boolean> one = putAside(pipeline, "one");
            Aside<Boolean> two = putAside(pipeline, "two");
            stays(() -> !one.result().isDone() && !two.result().isDone());

            Aside<Boolean> closer = closeAside(pipeline);

            assertThatThrownBy(() -> get(one.result())).hasCauseInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> get(two.result())).hasCauseInstanceOf(IllegalStateException.class);
            plant.release();
            get(closer.result());
            assertThat(pipeline.metrics().accepted()).isEqualTo(2);
            assertThat(plant.ids()).containsExactly("plug", "f0");
        }

        @Test
        void closingAgainDoesNothing() {
            Ear ear = new Ear();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL, batch -> {}, ear);
            pipeline.close();
            int told = ear.states.size();

            assertThatCode(pipeline::close).doesNotThrowAnyException();

            assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
            assertThat(ear.states).hasSize(told);
        }

        @Test
        void noThreadStaysBehind() throws Exception {
            IngestionPipelines component = create(PipelineShape.USUAL);
            IngestionPipeline<String> pipeline = component.open("threads", batch -> {});
            outcome(pipeline, fragment("a"));
            assertThat(ThreadsLeft.of(instance)).isNotEmpty().allMatch(Thread::isDaemon);

            pipeline.close();

            ThreadsLeft.assertNone(instance);
        }

        @Test
        void theComponentClosesItsPipelines() throws Exception {
            IngestionPipelines component = create(PipelineShape.USUAL);
            IngestionPipeline<String> one = component.open("one", batch -> {});
            IngestionPipeline<String> two = component.open("two", batch -> {});
            CompletionStage<Outcome> last = two.submit(fragment("a"));

            component.close();
            component.close();

            assertThat(one.state()).isEqualTo(PipelineState.STOPPED);
            assertThat(two.state()).isEqualTo(PipelineState.STOPPED);
            assertThat(last.toCompletableFuture()).isCompletedWithValue(new Outcome.Processed(1));
            assertThat(component.metrics().pipelines()).isEmpty();
            assertThat(component.metrics().closed()).isEqualTo(2);
        }

        private Aside<Boolean> closeAside(IngestionPipeline<String> pipeline) {
            return aside(() -> {
                pipeline.close();
                return true;
            });
        }
    }

    @Nested
    class Measuring {
        @Test
        void theFiguresOfAHeldPipelineAddUp() throws Exception {
            Plant plant = Plant.held();
            IngestionPipelines component = create(PipelineShape.USUAL);
            IngestionPipeline<String> pipeline = component.open("figures", plant);
            try {
                plug(pipeline, plant);
                putAll(pipeline, "f", 20);

                PipelineMetrics metrics = pipeline.metrics();
                assertThat(metrics.accepted()).isEqualTo(21);
                assertThat(metrics.queued()).isEqualTo(20);
                assertThat(metrics.inFlight()).isEqualTo(1);
                assertThat(metrics.capacity()).isEqualTo(100);
                assertThat(metrics.processed() + metrics.dead()).isZero();
                assertThat(component.metrics().pipelines()).containsOnlyKeys("figures");
                assertThat(component.metrics().opened()).isEqualTo(1);
            } finally {
                plant.release();
            }
        }

        @Test
        void theFiguresOfAClosedPipelineStay() throws Exception {
            IngestionPipeline<String> pipeline =
                    open(PipelineShape.USUAL.withMaxRetries(1), batch -> failIds(batch, "bad"));
            outcome(pipeline, fragment("bad"));
            outcome(pipeline, fragment("good"));
            pipeline.close();

            PipelineMetrics metrics = pipeline.metrics();
            assertThat(metrics.accepted()).isEqualTo(2);
            assertThat(metrics.processed()).isEqualTo(1);
            assertThat(metrics.dead()).isEqualTo(1);
            assertThat(metrics.retried()).isEqualTo(1);
            assertThat(metrics.batches()).isEqualTo(3);
            assertThat(metrics.queued() + metrics.inFlight()).isZero();
            assertThat(metrics.busy()).isPositive();
            assertThat(pipeline.metrics().running()).isEqualTo(metrics.running());
        }

        @Test
        void theTimeThatProducersWaitIsMeasured() throws Exception {
            Plant plant = Plant.held();
            IngestionPipeline<String> pipeline = open(PipelineShape.USUAL.withCapacity(1), plant);
            plug(pipeline, plant);
            putAll(pipeline, "f", 1);
            Aside<Boolean> producer = putAside(pipeline, "late");
            stays(() -> !producer.result().isDone());
            plant.release();
            get(producer.result());

            assertThat(pipeline.metrics().putTime()).isGreaterThan(Duration.ofMillis(50));
        }
    }
}

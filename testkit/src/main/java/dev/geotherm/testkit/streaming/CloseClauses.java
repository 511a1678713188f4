package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.awaitIgnoringInterrupts;
import static dev.geotherm.testkit.streaming.PipelineFixture.closeInBackground;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static dev.geotherm.testkit.streaming.PipelineFixture.putInBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.testkit.ThreadsLeft;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clauses about closing. */
abstract class CloseClauses {
    private final PipelineFixture fixture;

    CloseClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void close_finishesAcceptedFragments() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        putAll(pipeline, "f", 50);
        BackgroundTask<Boolean> closer = closeInBackground(pipeline);
        fixture.eventually(() -> pipeline.state() == PipelineState.DRAINING);
        assertThatIllegalStateException().isThrownBy(() -> pipeline.put(fragment("late")));
        assertThatIllegalStateException().isThrownBy(() -> pipeline.submit(fragment("late")));

        processor.release();

        fixture.get(closer.result());
        assertThat(pipeline.metrics().processed()).isEqualTo(50);
        assertThat(pipeline.metrics().accepted()).isEqualTo(50);
    }

    @Test
    void close_makesDeadLettersOfTheRest() throws Exception {
        assumeFalse(fixture.handsBack(), "the rest is in the journal, see close_leavesTheRestInTheJournal");
        ControllableProcessor processor = ControllableProcessor.blocked();
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withCloseTimeout(Duration.ofMillis(20)), processor, listener);
        fixture.plug(pipeline, processor);
        CompletionStage<Outcome> left = pipeline.submit(fragment("left"));

        pipeline.close();

        assertThat(left.toCompletableFuture()).isCompleted();
        assertThat(fixture.get(left)).isInstanceOf(Outcome.Dead.class);
        assertThat(fixture.get(left).attempts()).isZero();
        assertThat(pipeline.metrics().dead()).isEqualTo(2);
        assertThat(listener.letters.stream().map(letter -> letter.fragment().id()))
                .containsExactlyInAnyOrder("plug", "left");
        assertThat(listener.letters)
                .allSatisfy(letter -> assertThat(letter.error()).isNotNull());
    }

    @Test
    void close_doesNotWaitForProcessorThatIgnoresInterrupts() throws Exception {
        CountDownLatch processing = new CountDownLatch(1);
        IngestionPipeline<String> pipeline = fixture.open(
                PipelineShape.DEFAULT.withCloseTimeout(Duration.ofMillis(20)),
                batch -> awaitIgnoringInterrupts(processing));
        CompletionStage<Outcome> stuck = pipeline.submit(fragment("stuck"));
        fixture.eventually(() -> pipeline.metrics().inFlight() == 1);

        try {
            fixture.get(closeInBackground(pipeline).result());
            assertThat(fixture.get(stuck))
                    .isInstanceOf(fixture.handsBack() ? Outcome.HandedBack.class : Outcome.Dead.class);
        } finally {
            processing.countDown();
        }
        assertThat(pipeline.metrics().dead() + pipeline.metrics().journal().handedBack())
                .isEqualTo(1);
    }

    @Test
    void close_releasesWaitingProducers() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(1), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 1);
        BackgroundTask<Boolean> one = putInBackground(pipeline, "one");
        BackgroundTask<Boolean> two = putInBackground(pipeline, "two");
        fixture.staysBlocked(one, two);

        BackgroundTask<Boolean> closer = closeInBackground(pipeline);

        assertThatThrownBy(() -> fixture.get(one.result())).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fixture.get(two.result())).hasCauseInstanceOf(IllegalStateException.class);
        processor.release();
        fixture.get(closer.result());
        assertThat(pipeline.metrics().accepted()).isEqualTo(2);
        assertThat(processor.ids()).containsExactly("plug", "f0");
    }

    @Test
    void close_twiceDoesNothing() {
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {}, listener);
        pipeline.close();
        int reported = listener.states.size();

        assertThatCode(pipeline::close).doesNotThrowAnyException();

        assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
        assertThat(listener.states).hasSize(reported);
    }

    @Test
    void close_leavesNoThread() throws Exception {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT, batch -> worker.complete(Thread.currentThread()));
        fixture.outcome(pipeline, fragment("a"));
        assertThat(worker.join().getName()).startsWith("geotherm-" + fixture.instance + "-");
        assertThat(worker.join().isDaemon()).isTrue();
        assertThat(ThreadsLeft.of(fixture.instance)).allMatch(Thread::isDaemon);

        pipeline.close();

        fixture.eventually(() -> !worker.join().isAlive());
        ThreadsLeft.assertNone(fixture.instance);
    }

    @Test
    void close_componentClosesItsPipelines() throws Exception {
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT);
        IngestionPipeline<String> one = component.open("one", batch -> {});
        IngestionPipeline<String> two = component.open("two", batch -> {});
        CompletionStage<Outcome> last = two.submit(fragment("a"));

        component.close();
        component.close();

        assertThat(one.state()).isEqualTo(PipelineState.STOPPED);
        assertThat(two.state()).isEqualTo(PipelineState.STOPPED);
        assertThat(last.toCompletableFuture()).isCompletedWithValue(new Outcome.Processed(1));
        assertThat(component.metrics().opened()).isEqualTo(2);
        assertThat(component.metrics().closed()).isEqualTo(2);
    }
}

package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clauses about {@code drain}. */
abstract class DrainClauses {
    private final PipelineFixture fixture;

    DrainClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void drain_waitsForEveryOutcome() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        putAll(pipeline, "f", 30);
        BackgroundTask<Boolean> drainer = inBackground(() -> pipeline.drain(Patience.limit()));
        fixture.staysBlocked(drainer);

        processor.release();

        assertThat(fixture.get(drainer.result())).isTrue();
        assertThat(pipeline.metrics().processed()).isEqualTo(30);
    }

    @Test
    void drain_returnsFalseWhenTimeRunsOut() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        pipeline.put(fragment("a"));

        assertThat(pipeline.drain(Duration.ZERO)).isFalse();
        assertThat(pipeline.drain(Duration.ofMillis(20))).isFalse();
    }

    @Test
    void drain_ignoresFragmentsAcceptedLater() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        ControllableProcessor processor = ControllableProcessor.blocked(batch -> {
            if (batch.fragments().get(0).id().equals("later")) {
                later.await();
            }
        });
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1)), processor);
        pipeline.put(fragment("first"));
        BackgroundTask<Boolean> drainer = inBackground(() -> pipeline.drain(Patience.limit()));
        fixture.eventually(() -> drainer.thread().getState() == Thread.State.TIMED_WAITING
                || drainer.result().isDone());
        assertThat(drainer.result()).isNotDone();
        pipeline.put(fragment("later"));

        processor.release();

        assertThat(fixture.get(drainer.result())).isTrue();
        assertThat(pipeline.metrics().processed()).isEqualTo(1);
        later.countDown();
    }

    @Test
    void drain_endsWhenInterrupted() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        pipeline.put(fragment("a"));
        BackgroundTask<Boolean> drainer = inBackground(() -> pipeline.drain(Patience.limit()));
        fixture.staysBlocked(drainer);

        drainer.thread().interrupt();

        assertThatThrownBy(() -> fixture.get(drainer.result())).hasCauseInstanceOf(InterruptedException.class);
    }
}

package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Clauses about {@code submit}. */
abstract class SubmitClauses {
    private final PipelineFixture fixture;

    SubmitClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void submit_reportsSuccess() throws Exception {
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {});

        assertThat(fixture.outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Processed(1));
    }

    @Test
    void submit_reportsDeadLetterWithError() throws Exception {
        Exception error = new Exception("planted");
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT, batch -> batch.fragments().forEach(one -> batch.fail(one, error)));

        assertThat(fixture.outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Dead(4, error));
    }

    @Test
    void submit_stageIsCompleteWhenDrained() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        CompletableFuture<Outcome> stage = pipeline.submit(fragment("a")).toCompletableFuture();
        BackgroundTask<Boolean> drainer = inBackground(() -> pipeline.drain(Patience.limit()) && stage.isDone());
        fixture.staysBlocked(drainer);

        processor.release();

        assertThat(fixture.get(drainer.result())).isTrue();
    }

    @Test
    void submit_dependentStageMayPutIntoTheFullQueue() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(1), processor);
        CompletionStage<Void> stage = pipeline.submit(fragment("a")).thenRun(() -> putOrFail(pipeline, "b", "c", "d"));
        fixture.eventually(() -> processor.entered.get() == 1);
        pipeline.put(fragment("full"));

        processor.release();

        assertThat(fixture.get(stage)).isNull();
        fixture.drain(pipeline);
        assertThat(pipeline.metrics().processed()).isEqualTo(5);
    }

    private static void putOrFail(IngestionPipeline<String> pipeline, String... ids) {
        try {
            for (String id : ids) {
                pipeline.put(fragment(id));
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    @Test
    void submit_callerCannotCompleteStage() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        CompletionStage<Outcome> stage = pipeline.submit(fragment("a"));
        stage.toCompletableFuture().cancel(true);

        processor.release();
        fixture.drain(pipeline);

        assertThat(processor.ids()).containsExactly("a");
        assertThat(pipeline.metrics().processed()).isEqualTo(1);
    }
}

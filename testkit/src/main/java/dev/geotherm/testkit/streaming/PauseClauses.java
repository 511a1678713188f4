package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import org.junit.jupiter.api.Test;

/** Clauses about {@code pause} and {@code resume}. */
abstract class PauseClauses {
    private final PipelineFixture fixture;

    PauseClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void pause_startsNoBatchUntilResume() throws Exception {
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {});
        pipeline.pause();
        pipeline.pause();
        putAll(pipeline, "f", 3);
        BackgroundTask<Boolean> drainer = inBackground(() -> pipeline.drain(Patience.limit()));
        fixture.staysBlocked(drainer);
        assertThat(pipeline.state()).isEqualTo(PipelineState.PAUSED);
        assertThat(pipeline.metrics().queued()).isEqualTo(3);

        pipeline.resume();

        assertThat(fixture.get(drainer.result())).isTrue();
        assertThat(pipeline.state()).isEqualTo(PipelineState.RUNNING);
        assertThat(pipeline.metrics().processed()).isEqualTo(3);
    }

    @Test
    void pause_letsTheRunningBatchEnd() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 2);

        pipeline.pause();
        processor.release();

        fixture.eventually(() -> pipeline.metrics().processed() == 1);
        BackgroundTask<Boolean> drainer = inBackground(() -> pipeline.drain(Patience.limit()));
        fixture.staysBlocked(drainer);
        assertThat(processor.ids()).containsExactly("plug");
        pipeline.resume();
        assertThat(fixture.get(drainer.result())).isTrue();
    }

    @Test
    void resume_withoutPauseDoesNothing() throws Exception {
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {});
        pipeline.resume();
        pipeline.put(fragment("a"));
        fixture.drain(pipeline);
        assertThat(pipeline.metrics().processed()).isEqualTo(1);
    }

    @Test
    void close_whilePausedProcessesWhatWaits() throws Exception {
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withCloseTimeout(Patience.limit()), batch -> {});
        pipeline.pause();
        putAll(pipeline, "f", 3);

        pipeline.close();

        assertThat(pipeline.metrics().processed()).isEqualTo(3);
        pipeline.pause();
        assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
    }
}

package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineState;
import org.junit.jupiter.api.Test;

/** Clauses about opening pipelines. */
abstract class OpenClauses {
    private final PipelineFixture fixture;

    OpenClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void open_pipelineIsRunningUnderItsName() {
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {});

        assertThat(pipeline.name()).isEqualTo("clause");
        assertThat(pipeline.state()).isEqualTo(PipelineState.RUNNING);
        assertThat(pipeline.level()).isEqualTo(BackpressureLevel.NONE);
    }

    @Test
    void open_nameInUseIsRefused() {
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT);
        component.<String>open("same", batch -> {});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> component.<String>open("same", batch -> {}))
                .withMessageContaining("same");
        assertThat(component.metrics().opened()).isEqualTo(1);
    }

    @Test
    void open_nameOfClosedPipelineIsFree() throws Exception {
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT);
        component.<String>open("same", batch -> {}).close();

        IngestionPipeline<String> again = component.open("same", batch -> {});

        assertThat(fixture.outcome(again, fragment("a"))).isEqualTo(new Outcome.Processed(1));
    }

    @Test
    void open_afterCloseIsRefused() {
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT);
        component.close();

        assertThatIllegalStateException().isThrownBy(() -> component.<String>open("late", batch -> {}));
    }
}

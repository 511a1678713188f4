package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.Settings;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import org.junit.jupiter.api.Test;

/** Clauses about the settings of single pipelines, which the context provides. */
abstract class InstanceSettingsClauses {
    private static final PipelineShape SMALL = PipelineShape.DEFAULT.withCapacity(7);

    private final PipelineFixture fixture;

    InstanceSettingsClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void settings_ofNamedPipelineOverrideThoseOfTheComponent() {
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT, contextWithSmall());

        assertThat(capacity(component.open("small", batch -> {}))).isEqualTo(7);
        assertThat(capacity(component.open("other", batch -> {}))).isEqualTo(100);
    }

    @Test
    void reconfigure_isOfferedAsDeclared() {
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT);

        assertThat(component instanceof Reconfigurable<?>).isEqualTo(fixture.can(PipelinesCapability.RECONFIGURES));
    }

    @Test
    void settings_ofNamedPipelineOverrideNewOnesToo() {
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT, contextWithSmall());
        IngestionPipeline<String> small = component.open("small", batch -> {});
        IngestionPipeline<String> other = component.open("other", batch -> {});

        fixture.reconfigure(component, PipelineShape.DEFAULT.withCapacity(50));

        assertThat(capacity(small)).isEqualTo(7);
        assertThat(capacity(other)).isEqualTo(50);
        assertThat(capacity(component.open("later", batch -> {}))).isEqualTo(50);
    }

    private ComponentContext contextWithSmall() {
        return fixture.context().withInstance("small", Settings.toTexts(fixture.settings(SMALL)));
    }

    private static int capacity(IngestionPipeline<String> pipeline) {
        return pipeline.metrics().capacity();
    }
}

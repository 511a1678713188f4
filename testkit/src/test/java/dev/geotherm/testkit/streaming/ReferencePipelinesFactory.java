package dev.geotherm.testkit.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;

/** The factory of {@link ReferencePipelines} with one flaw. */
record ReferencePipelinesFactory(Flaw flaw) implements IngestionPipelinesFactory<ReferenceSettings> {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String description() {
        return "The reference.";
    }

    @Override
    public Class<ReferenceSettings> settings() {
        return ReferenceSettings.class;
    }

    @Override
    public IngestionPipelines create(ReferenceSettings settings, ComponentContext context) {
        return new ReferencePipelines(settings, context, flaw);
    }
}

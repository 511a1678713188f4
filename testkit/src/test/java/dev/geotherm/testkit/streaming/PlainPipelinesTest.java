package dev.geotherm.testkit.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;
import java.util.Set;

/** The contract of pipelines, run against an implementation without optional capabilities. */
final class PlainPipelinesTest extends IngestionPipelinesContract {

    @Override
    protected IngestionPipelinesFactory<?> factory() {
        return new Factory();
    }

    @Override
    protected Record settings(PipelineShape shape) {
        return ReferenceSettings.of(shape);
    }

    @Override
    protected Set<PipelinesCapability> capabilities() {
        return Set.of();
    }

    private static final class Factory implements IngestionPipelinesFactory<ReferenceSettings> {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public String description() {
            return "Plain.";
        }

        @Override
        public Class<ReferenceSettings> settings() {
            return ReferenceSettings.class;
        }

        @Override
        public IngestionPipelines create(ReferenceSettings settings, ComponentContext context) {
            return new PlainPipelines(settings, context);
        }
    }
}

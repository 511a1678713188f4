package dev.geotherm.streaming;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;

/** Makes {@link LanePipelines}; profiles name it {@code lanes}. */
@SuppressWarnings("rawtypes") // a service is named by its raw type
@AutoService(IngestionPipelinesFactory.class)
public final class LanePipelinesFactory implements IngestionPipelinesFactory<LanePipelinesSettings> {

    /** Creates the factory; done by the service loader. */
    public LanePipelinesFactory() {}

    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public String description() {
        return "One queue in memory for each priority, with batches whose size follows a target time.";
    }

    @Override
    public Class<LanePipelinesSettings> settings() {
        return LanePipelinesSettings.class;
    }

    @Override
    public IngestionPipelines create(LanePipelinesSettings settings, ComponentContext context) {
        return new LanePipelines(settings, context.instance());
    }
}

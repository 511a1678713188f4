package dev.geotherm.streaming;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;

/** The factory of {@link LanePipelines}; profiles call it {@code lanes}. */
@SuppressWarnings("rawtypes") // a service is named by its raw type
@AutoService(IngestionPipelinesFactory.class)
public final class LanePipelinesFactory implements IngestionPipelinesFactory<LanePipelinesSettings> {

    /** Creates the factory; called by the service loader. */
    public LanePipelinesFactory() {}

    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public String description() {
        return "Queues fragments in memory, one lane per priority, in batches sized by a target time.";
    }

    @Override
    public Class<LanePipelinesSettings> settings() {
        return LanePipelinesSettings.class;
    }

    @Override
    public IngestionPipelines create(LanePipelinesSettings settings, ComponentContext context) {
        return new LanePipelines(settings, context);
    }
}

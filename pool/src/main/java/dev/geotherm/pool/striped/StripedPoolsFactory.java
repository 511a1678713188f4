package dev.geotherm.pool.striped;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;

/** The factory of {@link StripedPools}, named {@code striped}. */
@SuppressWarnings("rawtypes") // a service file cannot name type arguments
@AutoService(ObjectPoolsFactory.class)
public final class StripedPoolsFactory implements ObjectPoolsFactory<StripedPoolsSettings> {

    /** Creates the factory; called by the service loader. */
    public StripedPoolsFactory() {}

    @Override
    public String name() {
        return "striped";
    }

    @Override
    public String description() {
        return "Keeps objects in fixed slots: acquire and release need no lock, no clock and no allocation.";
    }

    @Override
    public Class<StripedPoolsSettings> settings() {
        return StripedPoolsSettings.class;
    }

    @Override
    public ObjectPools create(StripedPoolsSettings settings, ComponentContext context) {
        return new StripedPools(settings, context);
    }
}

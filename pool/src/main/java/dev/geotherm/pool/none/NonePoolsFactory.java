package dev.geotherm.pool.none;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;

/** The factory of {@link NonePools}, named {@code none}. */
@SuppressWarnings("rawtypes") // a service file cannot name type arguments
@AutoService(ObjectPoolsFactory.class)
public final class NonePoolsFactory implements ObjectPoolsFactory<NonePoolsSettings> {

    /** Creates the factory; called by the service loader. */
    public NonePoolsFactory() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String description() {
        return "No pooling: every object is new, for comparison and for objects that are cheap to create.";
    }

    @Override
    public Class<NonePoolsSettings> settings() {
        return NonePoolsSettings.class;
    }

    @Override
    public ObjectPools create(NonePoolsSettings settings, ComponentContext context) {
        return new NonePools(settings, context);
    }
}

package dev.geotherm.commonspool2;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;

/** The factory of {@link CommonsPools}, named {@code commons-pool2}. */
@SuppressWarnings("rawtypes") // a service file cannot name type arguments
@AutoService(ObjectPoolsFactory.class)
public final class CommonsPoolsFactory implements ObjectPoolsFactory<CommonsPoolsSettings> {

    /** Creates the factory; called by the service loader. */
    public CommonsPoolsFactory() {}

    @Override
    public String name() {
        return "commons-pool2";
    }

    @Override
    public String description() {
        return "Pools that keep their objects in Apache Commons Pool.";
    }

    @Override
    public Class<CommonsPoolsSettings> settings() {
        return CommonsPoolsSettings.class;
    }

    @Override
    public ObjectPools create(CommonsPoolsSettings settings, ComponentContext context) {
        return new CommonsPools(settings, context);
    }
}

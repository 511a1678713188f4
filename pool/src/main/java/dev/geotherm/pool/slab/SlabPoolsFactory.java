package dev.geotherm.pool.slab;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;

/** The factory of {@link SlabPools}, named {@code slab}. */
@SuppressWarnings("rawtypes") // a service file cannot name type arguments
@AutoService(ObjectPoolsFactory.class)
public final class SlabPoolsFactory implements ObjectPoolsFactory<SlabPoolsSettings> {

    /** Creates the factory; called by the service loader. */
    public SlabPoolsFactory() {}

    @Override
    public String name() {
        return "slab";
    }

    @Override
    public String description() {
        return "Like striped, with vectors in blocks of native memory that native code reads in place.";
    }

    @Override
    public Class<SlabPoolsSettings> settings() {
        return SlabPoolsSettings.class;
    }

    @Override
    public ObjectPools create(SlabPoolsSettings settings, ComponentContext context) {
        return new SlabPools(settings, context);
    }
}

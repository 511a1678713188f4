package dev.geotherm.pool;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;

/** Makes {@link DequePools}, chosen by the name {@code deque}. */
@SuppressWarnings("rawtypes") // a service file cannot name type arguments
@AutoService(ObjectPoolsFactory.class)
public final class DequePoolsFactory implements ObjectPoolsFactory<DequePoolsSettings> {

    /** For the service loader. */
    public DequePoolsFactory() {}

    @Override
    public String name() {
        return "deque";
    }

    @Override
    public String description() {
        return "Pools with one lock and one deque each, exact and fair, for moderate numbers of threads.";
    }

    @Override
    public Class<DequePoolsSettings> settings() {
        return DequePoolsSettings.class;
    }

    @Override
    public ObjectPools create(DequePoolsSettings settings, ComponentContext context) {
        return new DequePools(settings, context);
    }
}

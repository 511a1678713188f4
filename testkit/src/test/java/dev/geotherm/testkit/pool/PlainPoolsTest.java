package dev.geotherm.testkit.pool;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import java.util.Set;

/** The contract holds for pools that can do nothing beyond it. */
final class PlainPoolsTest extends ObjectPoolsContract {

    @Override
    protected ObjectPoolsFactory<?> factory() {
        return new Factory();
    }

    @Override
    protected Record settings(PoolLimits limits) {
        return ReferenceSettings.of(limits);
    }

    @Override
    protected Set<PoolCapability> capabilities() {
        return Set.of();
    }

    private static final class Factory implements ObjectPoolsFactory<ReferenceSettings> {
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
        public ObjectPools create(ReferenceSettings settings, ComponentContext context) {
            return new PlainPools(settings, context);
        }
    }
}

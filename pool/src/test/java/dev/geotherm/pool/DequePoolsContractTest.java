package dev.geotherm.pool;

import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.testkit.pool.ObjectPoolsContract;
import dev.geotherm.testkit.pool.PoolCapability;
import dev.geotherm.testkit.pool.PoolLimits;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

final class DequePoolsContractTest extends ObjectPoolsContract {

    @Override
    protected ObjectPoolsFactory<?> factory() {
        return new DequePoolsFactory();
    }

    @Override
    protected Record settings(PoolLimits limits) {
        return new DequePoolsSettings(
                limits.initialSize(),
                limits.maxSize(),
                Duration.ofDays(1),
                limits.whenExhausted(),
                limits.maxWait(),
                0);
    }

    @Override
    protected Set<PoolCapability> capabilities() {
        return EnumSet.allOf(PoolCapability.class);
    }
}

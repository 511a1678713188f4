package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.testkit.pool.ObjectPoolsContract;
import dev.geotherm.testkit.pool.PoolCapability;
import dev.geotherm.testkit.pool.PoolLimits;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

final class CommonsPoolsContractTest extends ObjectPoolsContract {

    @Override
    protected ObjectPoolsFactory<?> factory() {
        return new CommonsPoolsFactory();
    }

    @Override
    protected Record settings(PoolLimits limits) {
        return new CommonsPoolsSettings(
                limits.initialSize(),
                limits.maxSize(),
                Duration.ofDays(1),
                limits.whenExhausted(),
                limits.maxWait(),
                WhenMisused.REFUSE);
    }

    @Override
    protected Set<PoolCapability> capabilities() {
        return EnumSet.of(
                PoolCapability.PREALLOCATES,
                PoolCapability.RECONFIGURES,
                PoolCapability.REUSES_OBJECTS,
                PoolCapability.SURVIVES_STACK_OVERFLOW);
    }
}

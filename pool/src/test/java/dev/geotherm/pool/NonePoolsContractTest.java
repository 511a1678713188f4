package dev.geotherm.pool;

import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.testkit.pool.ObjectPoolsContract;
import dev.geotherm.testkit.pool.PoolCapability;
import dev.geotherm.testkit.pool.PoolLimits;
import java.util.Set;

/** Nothing is made in advance, nothing is used again, and what is lost is not found. */
final class NonePoolsContractTest extends ObjectPoolsContract {

    @Override
    protected ObjectPoolsFactory<?> factory() {
        return new NonePoolsFactory();
    }

    @Override
    protected Record settings(PoolLimits limits) {
        return new NonePoolsSettings(limits.maxSize(), limits.whenExhausted(), limits.maxWait(), WhenMisused.REFUSE);
    }

    @Override
    protected Set<PoolCapability> capabilities() {
        return Set.of();
    }
}

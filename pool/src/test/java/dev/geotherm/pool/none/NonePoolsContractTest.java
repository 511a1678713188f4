package dev.geotherm.pool.none;

import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.testkit.pool.ObjectPoolsContract;
import dev.geotherm.testkit.pool.PoolCapability;
import dev.geotherm.testkit.pool.PoolLimits;
import java.util.Set;

/** The contract for pools that neither preallocate nor reuse objects. */
final class NonePoolsContractTest extends ObjectPoolsContract {

    @Override
    protected ObjectPoolsFactory<?> factory() {
        return new NonePoolsFactory();
    }

    @Override
    protected Record settings(PoolLimits limits) {
        return new NonePoolsSettings(limits.maxSize(), limits.whenExhausted(), limits.maxWait(), limits.whenMisused());
    }

    @Override
    protected Set<PoolCapability> capabilities() {
        return Set.of(
                PoolCapability.ASSIGNS_SLOTS,
                PoolCapability.COUNTS_MISUSE,
                PoolCapability.FINDS_LEAKED,
                PoolCapability.RECONFIGURES,
                PoolCapability.REFUSES_RACING_RELEASES,
                PoolCapability.SURVIVES_STACK_OVERFLOW);
    }
}

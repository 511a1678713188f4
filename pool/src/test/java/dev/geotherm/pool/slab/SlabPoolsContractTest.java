package dev.geotherm.pool.slab;

import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.testkit.pool.ObjectPoolsContract;
import dev.geotherm.testkit.pool.PoolCapability;
import dev.geotherm.testkit.pool.PoolLimits;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

final class SlabPoolsContractTest extends ObjectPoolsContract {

    @Override
    protected ObjectPoolsFactory<?> factory() {
        return new SlabPoolsFactory();
    }

    @Override
    protected Record settings(PoolLimits limits) {
        return QuietSlab.settings(
                "initialSize", String.valueOf(limits.initialSize()),
                "minSize", String.valueOf(limits.initialSize()),
                "maxSize", String.valueOf(limits.maxSize()),
                "whenExhausted", limits.whenExhausted().name().toLowerCase(Locale.ROOT),
                "maxAge", limits.maxAge().toMillis() + "ms",
                "maxWait", limits.maxWait().toMillis() + "ms",
                "whenMisused", limits.whenMisused().name().toLowerCase(Locale.ROOT),
                "exactReturns", "true");
    }

    @Override
    protected Set<PoolCapability> capabilities() {
        return EnumSet.allOf(PoolCapability.class);
    }
}

package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.testkit.pool.ObjectPoolsContract;
import dev.geotherm.testkit.pool.PoolCapability;
import dev.geotherm.testkit.pool.PoolLimits;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The contract, for each way of releasing objects. */
abstract class StripedPoolsContract extends ObjectPoolsContract {
    private final boolean exactReturns;
    private final boolean ofPoolables;

    StripedPoolsContract(boolean exactReturns, boolean ofPoolables) {
        this.exactReturns = exactReturns;
        this.ofPoolables = ofPoolables;
    }

    @Override
    protected ObjectPoolsFactory<?> factory() {
        return new StripedPoolsFactory();
    }

    @Override
    protected Record settings(PoolLimits limits) {
        return QuietPools.settings(
                "initialSize", String.valueOf(limits.initialSize()),
                "minSize", String.valueOf(limits.initialSize()),
                "maxSize", String.valueOf(limits.maxSize()),
                "whenExhausted", limits.whenExhausted().name().toLowerCase(Locale.ROOT),
                "maxAge", limits.maxAge().toMillis() + "ms",
                "maxWait", limits.maxWait().toMillis() + "ms",
                "whenMisused", limits.whenMisused().name().toLowerCase(Locale.ROOT),
                "exactReturns", String.valueOf(exactReturns));
    }

    @Override
    protected Set<PoolCapability> capabilities() {
        EnumSet<PoolCapability> can = EnumSet.allOf(PoolCapability.class);
        if (!exactReturns) {
            can.remove(PoolCapability.REFUSES_RACING_RELEASES);
        }
        return can;
    }

    @Override
    protected boolean ofPoolables() {
        return ofPoolables;
    }
}

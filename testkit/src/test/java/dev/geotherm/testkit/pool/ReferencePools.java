package dev.geotherm.testkit.pool;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The smallest component that fulfils the contract, with an optional fault. */
final class ReferencePools implements ObjectPools, Reconfigurable<ReferenceSettings> {
    private final NamedInstances<ReferencePool<?>, PoolMetrics> pools;
    private final ComponentContext context;
    private final Fault fault;
    private volatile ReferenceSettings settings;
    private volatile boolean trimmed;

    ReferencePools(ReferenceSettings settings, ComponentContext context, Fault fault) {
        this.settings = settings;
        this.context = context;
        this.fault = fault;
        this.pools = new NamedInstances<>(
                "pool",
                ReferencePool::metrics,
                ReferencePool::close,
                pool -> pool.metrics().isDrained() || fault == Fault.KEEPS_METRICS_AS_AT_CLOSE);
    }

    private PoolLimits limits(String name, boolean changed) {
        boolean own = fault != Fault.IGNORES_SETTINGS_OF_THE_NAME
                && !(changed && fault == Fault.FORGETS_SETTINGS_OF_THE_NAME);
        return (own ? context.settings(name, settings) : settings).limits();
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        ReferencePool<T> pool = pools.open(
                name,
                () -> new ReferencePool<>(
                        name, allocator, limits(name, false), fault, closing -> pools.closed(name, closing)));
        if (trimmed && fault == Fault.PREALLOCATES_AFTER_TRIM) {
            Stream.generate(pool::acquire)
                    .limit(settings.limits().initialSize())
                    .toList()
                    .forEach(pool::release);
        }
        return pool;
    }

    @Override
    public void reconfigure(ReferenceSettings changed) {
        settings = changed;
        pools.list().forEach(pool -> pool.adapt(limits(pool.name(), true)));
    }

    @Override
    public int trim() {
        trimmed = true;
        return pools.list().stream().mapToInt(ReferencePool::trim).sum();
    }

    @Override
    public PoolsMetrics metrics() {
        Map<String, PoolMetrics> all = fault == Fault.FORGETS_METRICS_OF_CLOSED_POOLS
                ? pools.list().stream().collect(Collectors.toMap(ReferencePool::name, ReferencePool::metrics))
                : pools.metrics();
        return new PoolsMetrics(all, pools.opened(), pools.closed());
    }

    @Override
    public void close() {
        pools.close();
    }
}

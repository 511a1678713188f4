package dev.geotherm.testkit.pool;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;

/** Deliberately plain pools: they reuse nothing, take no new settings and find no leaked object. */
final class PlainPools implements ObjectPools {
    private final NamedInstances<PlainPool<?>, PoolMetrics> pools = new NamedInstances<>(
            "pool", PlainPool::metrics, PlainPool::close, pool -> pool.metrics().isDrained());
    private final ReferenceSettings settings;
    private final ComponentContext context;

    PlainPools(ReferenceSettings settings, ComponentContext context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        if (name == null || allocator == null) {
            throw new NullPointerException();
        }
        ReferenceSettings own = context.settings(name, settings);
        return pools.open(name, () -> new PlainPool<>(name, allocator, own, pool -> pools.closed(name, pool)));
    }

    @Override
    public int trim() {
        pools.list().forEach(PlainPool::trim);
        return 0;
    }

    @Override
    public PoolsMetrics metrics() {
        return new PoolsMetrics(pools.metrics(), pools.opened(), pools.closed());
    }

    @Override
    public void close() {
        pools.close();
    }
}

package dev.geotherm.testkit.pool;

import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolsMetrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The smallest component that keeps the contract, unless it is given a fault. */
final class ReferencePools implements ObjectPools, Reconfigurable<ReferenceSettings> {
    private volatile PoolLimits limits;
    private final Fault fault;
    private final Map<String, ReferencePool<?>> pools = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean relieved;
    private volatile boolean closed;

    ReferencePools(ReferenceSettings settings, Fault fault) {
        this.limits = settings.limits();
        this.fault = fault;
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        ReferencePool<T> pool =
                new ReferencePool<>(name, allocator, () -> limits, fault, closing -> pools.remove(name, closing));
        if (pools.putIfAbsent(name, pool) != null) {
            throw new IllegalArgumentException(name + " is open");
        }
        opened.incrementAndGet();
        if (relieved && fault == Fault.PREPARES_AFTER_RELIEF) {
            Stream.generate(pool::acquire).limit(limits.initialSize()).toList().forEach(pool::release);
        }
        return pool;
    }

    @Override
    public void reconfigure(ReferenceSettings settings) {
        limits = settings.limits();
        pools.values().forEach(ReferencePool::adapt);
    }

    @Override
    public int relieve() {
        relieved = true;
        return pools.values().stream().mapToInt(ReferencePool::relieve).sum();
    }

    @Override
    public PoolsMetrics metrics() {
        return new PoolsMetrics(
                pools.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, pool -> pool.getValue().metrics())),
                opened.get(),
                opened.get() - pools.size());
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(pools.values()).forEach(ReferencePool::close);
    }
}

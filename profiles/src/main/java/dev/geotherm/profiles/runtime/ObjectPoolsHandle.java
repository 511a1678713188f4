package dev.geotherm.profiles.runtime;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolsMetrics;

/** The handle of the object pools; pools opened through it have handles too. */
final class ObjectPoolsHandle implements ObjectPools {
    private final String description;
    private volatile ObjectPools target;

    ObjectPoolsHandle(String description, ObjectPools target) {
        this.description = description;
        this.target = target;
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        return new ObjectPoolHandle<>(target.open(name, allocator));
    }

    @Override
    public int trim() {
        return target.trim();
    }

    @Override
    public PoolsMetrics metrics() {
        return target.metrics();
    }

    /** Throws, because the platform closes its components. */
    @Override
    public void close() {
        throw Handles.closeRefused("pool");
    }

    @Override
    public String toString() {
        return description;
    }
}

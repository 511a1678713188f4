package dev.geotherm.testkit.anchor;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Unbounded pools, sufficient for an anchor store: the object released last is acquired first. */
final class PlainPools implements ObjectPools {

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        return new Plain<>(name, allocator);
    }

    @Override
    public int trim() {
        return 0;
    }

    @Override
    public PoolsMetrics metrics() {
        return new PoolsMetrics(Map.of(), 0, 0);
    }

    @Override
    public void close() {}

    private record Plain<T>(String name, Allocator<T> allocator, Deque<T> idle) implements ObjectPool<T> {
        Plain(String name, Allocator<T> allocator) {
            this(name, allocator, new ArrayDeque<>());
        }

        @Override
        public synchronized T acquire() {
            try {
                return idle.isEmpty() ? allocator.allocate() : idle.pop();
            } catch (Exception failed) {
                throw new AllocationException(name, failed);
            }
        }

        @Override
        public synchronized void release(T object) {
            idle.push(object);
        }

        @Override
        public void discard(T object) {}

        @Override
        public Lease<T> lease() {
            throw new IllegalStateException("not asked for by a store");
        }

        @Override
        public int cleanUp() {
            return 0;
        }

        @Override
        public PoolMetrics metrics() {
            return new PoolMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Distribution.EMPTY, 0, 0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }
}

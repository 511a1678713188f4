package dev.geotherm.testkit.anchor;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools that count open pools and acquired objects, including those of closed pools. */
final class CountingPools implements ObjectPools {
    private final ObjectPools pools;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    /** Called before each acquisition. */
    volatile Runnable beforeAcquire = () -> {};

    CountingPools(ObjectPools pools) {
        this.pools = pools;
    }

    int held() {
        return held.get();
    }

    int open() {
        return open.get();
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        ObjectPool<T> pool = pools.open(name, allocator);
        open.incrementAndGet();
        return new CountingPool<>(pool);
    }

    @Override
    public int trim() {
        return pools.trim();
    }

    @Override
    public PoolsMetrics metrics() {
        return pools.metrics();
    }

    @Override
    public void close() {
        pools.close();
    }

    private final class CountingPool<T> implements ObjectPool<T> {
        private final ObjectPool<T> pool;
        private boolean closed;

        CountingPool(ObjectPool<T> pool) {
            this.pool = pool;
        }

        @Override
        public String name() {
            return pool.name();
        }

        @Override
        public T acquire() {
            beforeAcquire.run();
            T object = pool.acquire();
            held.incrementAndGet();
            return object;
        }

        @Override
        public void release(T object) {
            pool.release(object);
            held.decrementAndGet();
        }

        @Override
        public void discard(T object) {
            pool.discard(object);
            held.decrementAndGet();
        }

        @Override
        public Lease<T> lease() {
            T object = acquire();
            return new Lease<>() {
                private boolean returned;

                @Override
                public T get() {
                    return object;
                }

                @Override
                public synchronized void close() {
                    if (!returned) {
                        returned = true;
                        release(object);
                    }
                }

                @Override
                public synchronized void discard() {
                    if (!returned) {
                        returned = true;
                        CountingPool.this.discard(object);
                    }
                }
            };
        }

        @Override
        public int cleanUp() {
            return pool.cleanUp();
        }

        @Override
        public PoolMetrics metrics() {
            return pool.metrics();
        }

        @Override
        public synchronized void close() {
            pool.close();
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}

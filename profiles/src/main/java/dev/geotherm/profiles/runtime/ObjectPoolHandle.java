package dev.geotherm.profiles.runtime;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import java.util.function.Consumer;
import java.util.function.Function;

/** The handle of an object pool. */
final class ObjectPoolHandle<T> implements ObjectPool<T> {
    private volatile ObjectPool<T> target;

    ObjectPoolHandle(ObjectPool<T> target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public T acquire() {
        return target.acquire();
    }

    @Override
    public void release(T object) {
        target.release(object);
    }

    @Override
    public void discard(T object) {
        target.discard(object);
    }

    @Override
    public Lease<T> lease() {
        return target.lease();
    }

    @Override
    public <R> R use(Function<? super T, ? extends R> function) {
        return target.use(function);
    }

    @Override
    public void run(Consumer<? super T> consumer) {
        target.run(consumer);
    }

    @Override
    public int cleanUp() {
        return target.cleanUp();
    }

    @Override
    public PoolMetrics metrics() {
        return target.metrics();
    }

    @Override
    public void close() {
        target.close();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}

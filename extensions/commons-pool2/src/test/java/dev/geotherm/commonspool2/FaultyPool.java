package dev.geotherm.commonspool2;

import org.apache.commons.pool2.ObjectPool;

/** A pool that delegates to another one; subclasses add faults. */
class FaultyPool<T> implements ObjectPool<T> {
    final ObjectPool<T> pool;

    FaultyPool(ObjectPool<T> pool) {
        this.pool = pool;
    }

    @Override
    public void addObject() throws Exception {
        pool.addObject();
    }

    @Override
    public T borrowObject() throws Exception {
        return pool.borrowObject();
    }

    @Override
    public void clear() throws Exception {
        pool.clear();
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public int getNumActive() {
        return pool.getNumActive();
    }

    @Override
    public int getNumIdle() {
        return pool.getNumIdle();
    }

    @Override
    public void invalidateObject(T object) throws Exception {
        pool.invalidateObject(object);
    }

    @Override
    public void returnObject(T object) throws Exception {
        pool.returnObject(object);
    }
}

package dev.geotherm.commonspool2;

import org.apache.commons.pool2.KeyedObjectPool;

/** A keyed pool that delegates to another one; subclasses add faults. */
class FaultyKeyedPool implements KeyedObjectPool<Object, Object> {
    final KeyedObjectPool<Object, Object> pool;

    FaultyKeyedPool(KeyedObjectPool<Object, Object> pool) {
        this.pool = pool;
    }

    @Override
    public void addObject(Object key) throws Exception {
        pool.addObject(key);
    }

    @Override
    public Object borrowObject(Object key) throws Exception {
        return pool.borrowObject(key);
    }

    @Override
    public void clear() throws Exception {
        pool.clear();
    }

    @Override
    public void clear(Object key) throws Exception {
        pool.clear(key);
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
    public int getNumActive(Object key) {
        return pool.getNumActive(key);
    }

    @Override
    public int getNumIdle() {
        return pool.getNumIdle();
    }

    @Override
    public int getNumIdle(Object key) {
        return pool.getNumIdle(key);
    }

    @Override
    public void invalidateObject(Object key, Object object) throws Exception {
        pool.invalidateObject(key, object);
    }

    @Override
    public void returnObject(Object key, Object object) throws Exception {
        pool.returnObject(key, object);
    }
}

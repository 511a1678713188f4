package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.ObjectPools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.pool2.AbstractTestKeyedObjectPool;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.KeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.junit.jupiter.api.AfterEach;

/** Commons Pool's published tests of its keyed interface, run with {@link GeothermKeyedObjectPool}. */
abstract class KeyedObjectPoolConformance extends AbstractTestKeyedObjectPool {
    private final List<ObjectPools> opened = new ArrayList<>();

    abstract ObjectPools pools();

    /** Returns the pool, or a replacement with a fault. */
    KeyedObjectPool<Object, Object> planted(KeyedObjectPool<Object, Object> pool) {
        return pool;
    }

    @AfterEach
    void closePools() {
        opened.forEach(ObjectPools::close);
    }

    @Override
    protected <E extends Exception> KeyedObjectPool<Object, Object> makeEmptyPool(
            KeyedPooledObjectFactory<Object, Object> factory) {
        ObjectPools pools = pools();
        opened.add(pools);
        return planted(new GeothermKeyedObjectPool<>(pools, "conformance", factory));
    }

    @Override
    protected <E extends Exception> KeyedObjectPool<Object, Object> makeEmptyPool(int minCapacity) {
        return makeEmptyPool(new NumbersOfKey());
    }

    @Override
    protected Object makeKey(int n) {
        return String.valueOf(n);
    }

    @Override
    protected Object getNthObject(Object key, int n) {
        return key + "-" + n;
    }

    @Override
    protected boolean isLifo() {
        return false;
    }

    @Override
    protected boolean isFifo() {
        return false;
    }

    private static final class NumbersOfKey extends BaseKeyedPooledObjectFactory<Object, Object> {
        private final Map<Object, Integer> next = new HashMap<>();

        @Override
        public Object create(Object key) {
            return key + "-" + (next.merge(key, 1, Integer::sum) - 1);
        }

        @Override
        public PooledObject<Object> wrap(Object number) {
            return new DefaultPooledObject<>(number);
        }
    }
}

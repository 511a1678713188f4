package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.ObjectPools;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.TestBaseObjectPool;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.junit.jupiter.api.AfterEach;

/** Commons Pool's published tests of its interface, run with {@link GeothermObjectPool}. */
abstract class ObjectPoolConformance extends TestBaseObjectPool {
    private final List<ObjectPools> opened = new ArrayList<>();

    abstract ObjectPools pools();

    /** Returns the pool, or a replacement with a fault. */
    <T> ObjectPool<T> planted(ObjectPool<T> pool) {
        return pool;
    }

    @AfterEach
    void closePools() {
        opened.forEach(ObjectPools::close);
    }

    private <T> ObjectPool<T> open(PooledObjectFactory<T> factory) {
        ObjectPools pools = pools();
        opened.add(pools);
        return planted(new GeothermObjectPool<>(pools, "conformance", factory));
    }

    @Override
    protected <E extends Exception> ObjectPool<Object> makeEmptyPool(PooledObjectFactory<Object> factory) {
        return open(factory);
    }

    @Override
    protected <E extends Exception> ObjectPool<String> makeEmptyPool(int minCapacity) {
        return open(new Numbers());
    }

    @Override
    protected Object getNthObject(int n) {
        return String.valueOf(n);
    }

    @Override
    protected boolean isLifo() {
        return false;
    }

    @Override
    protected boolean isFifo() {
        return false;
    }

    private static final class Numbers extends BasePooledObjectFactory<String> {
        private int next;

        @Override
        public String create() {
            return String.valueOf(next++);
        }

        @Override
        public PooledObject<String> wrap(String number) {
            return new DefaultPooledObject<>(number);
        }
    }
}

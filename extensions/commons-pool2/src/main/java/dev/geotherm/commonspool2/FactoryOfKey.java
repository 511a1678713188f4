package dev.geotherm.commonspool2;

import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.KeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;

/** A view of a keyed factory for the pool of one key. */
record FactoryOfKey<K, V>(K key, KeyedPooledObjectFactory<K, V> factory) implements PooledObjectFactory<V> {

    @Override
    public PooledObject<V> makeObject() throws Exception {
        return factory.makeObject(key);
    }

    @Override
    public void activateObject(PooledObject<V> pooled) throws Exception {
        factory.activateObject(key, pooled);
    }

    @Override
    public boolean validateObject(PooledObject<V> pooled) {
        return factory.validateObject(key, pooled);
    }

    @Override
    public void passivateObject(PooledObject<V> pooled) throws Exception {
        factory.passivateObject(key, pooled);
    }

    @Override
    public void destroyObject(PooledObject<V> pooled) throws Exception {
        factory.destroyObject(key, pooled);
    }

    @Override
    public void destroyObject(PooledObject<V> pooled, DestroyMode mode) throws Exception {
        factory.destroyObject(key, pooled, mode);
    }
}

package dev.geotherm.commonspool2;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.ObjectPools;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.KeyedPooledObjectFactory;

/**
 * Commons Pool's {@link KeyedObjectPool} over pools of the platform, one per key that has objects.
 *
 * <p>Each key works like a separate {@link GeothermObjectPool}. The settings of the {@link ObjectPools} apply to each key,
 * so {@code maxSize} corresponds to Commons Pool's {@code maxTotalPerKey}; no bound covers all keys together. The pool of a
 * key is opened on first use and closed when its last object is gone, at the latest by {@link #clear()}. The name of a key's
 * pool is the given name with a number, because a key may contain a secret.
 *
 * <p>Thread-safe for platform and virtual threads. Keys are compared by {@code equals} and must not be null.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the pooled objects
 */
public final class GeothermKeyedObjectPool<K, V> implements KeyedObjectPool<K, V> {
    private static final int FEW_KEYS = 16;

    private final ObjectPools pools;
    private final String name;
    private final KeyedPooledObjectFactory<K, V> factory;
    private final Set<Validation> validations;
    private final Map<K, GeothermObjectPool<V>> byKey = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private volatile int retireAt = FEW_KEYS;
    private volatile boolean closed;

    /**
     * Creates a pool that validates objects when they are borrowed.
     *
     * @param pools the component that opens the pool of each key; it must outlive this pool, or closes it
     * @param name the prefix of the names of the keys' pools
     * @param factory the factory that creates, prepares and destroys the objects; must be thread-safe
     */
    public GeothermKeyedObjectPool(ObjectPools pools, String name, KeyedPooledObjectFactory<K, V> factory) {
        this(pools, name, factory, EnumSet.of(Validation.ON_BORROW));
    }

    /** Creates a pool that validates objects at the given moments. */
    public GeothermKeyedObjectPool(
            ObjectPools pools, String name, KeyedPooledObjectFactory<K, V> factory, Set<Validation> validations) {
        this.pools = requireNonNull(pools, "pools");
        this.name = requireNonNull(name, "name");
        this.factory = requireNonNull(factory, "factory");
        this.validations = Set.copyOf(validations);
    }

    /**
     * {@inheritDoc}
     *
     * @throws NoSuchElementException under the same conditions as {@link GeothermObjectPool#borrowObject}
     * @throws IllegalStateException if this pool is closed
     */
    @Override
    public V borrowObject(K key) throws Exception {
        return using(key, GeothermObjectPool::borrowObject);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Does nothing if the key has the maximum number of objects.
     */
    @Override
    public void addObject(K key) throws Exception {
        using(key, pool -> {
            pool.addObject();
            return true;
        });
    }

    private interface Use<V, R> {
        R of(GeothermObjectPool<V> pool) throws Exception;
    }

    private <R> R using(K key, Use<V, R> use) throws Exception {
        while (true) {
            GeothermObjectPool<V> pool = open(key);
            try {
                return use.of(pool);
            } catch (Throwable failed) {
                boolean retired = pool.isClosed() && !closed;
                retire(key, pool);
                if (!retired || !(failed instanceof IllegalStateException)) {
                    throw failed;
                } // else the last object was removed before this call: retry with a new pool for the key
            }
        }
    }

    private GeothermObjectPool<V> open(K key) {
        requireOpen();
        GeothermObjectPool<V> pool = byKey.get(key);
        if (pool == null) {
            retireSome();
            pool = byKey.computeIfAbsent(
                    key,
                    absent -> new GeothermObjectPool<>(
                            pools,
                            name + "-" + opened.incrementAndGet(),
                            new FactoryOfKey<>(absent, factory),
                            validations));
            if (closed) { // close() may have missed this pool
                pool.close();
                retire(key, pool);
                requireOpen();
            }
        }
        return pool;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("pool " + name + " is closed");
        }
    }

    /** Closes and removes the pool of a key that has no objects. */
    private void retire(K key, GeothermObjectPool<V> pool) {
        if (pool.closeIfEmpty()) {
            byKey.remove(key, pool);
        }
    }

    /** Each time the number of keys has doubled, removes keys with no objects left after background deallocation. */
    private void retireSome() {
        if (byKey.size() >= retireAt) {
            byKey.forEach(this::retire);
            retireAt = Math.max(FEW_KEYS, 2 * byKey.size());
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the object is not currently borrowed from this pool under this key
     * @throws Exception if the factory can neither passivate nor destroy the object; the object is removed nevertheless
     */
    @Override
    public void returnObject(K key, V object) throws Exception {
        GeothermObjectPool<V> pool = borrowedFrom(key, object);
        Exception failure = pool.giveBack(object);
        retire(key, pool);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void invalidateObject(K key, V object) throws Exception {
        invalidateObject(key, object, DestroyMode.NORMAL);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the object is not currently borrowed from this pool under this key
     */
    @Override
    public void invalidateObject(K key, V object, DestroyMode mode) throws Exception {
        GeothermObjectPool<V> pool = borrowedFrom(key, object);
        try {
            pool.invalidateObject(object, mode);
        } finally {
            retire(key, pool);
        }
    }

    private GeothermObjectPool<V> borrowedFrom(K key, V object) {
        requireNonNull(object, "object");
        GeothermObjectPool<V> pool = byKey.get(key);
        if (pool == null) {
            throw new IllegalStateException("pool " + name + ": nothing is borrowed under this key");
        }
        return pool;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A failure to destroy an object is logged.
     */
    @Override
    public void clear() {
        byKey.keySet().forEach(this::clear);
    }

    @Override
    public void clear(K key) {
        GeothermObjectPool<V> pool = byKey.get(key);
        if (pool != null) {
            pool.clear();
            retire(key, pool);
        }
    }

    @Override
    public List<K> getKeys() {
        return List.copyOf(byKey.keySet());
    }

    @Override
    public int getNumActive() {
        return sum(GeothermObjectPool::getNumActive);
    }

    @Override
    public int getNumActive(K key) {
        GeothermObjectPool<V> pool = byKey.get(key);
        return pool == null ? 0 : pool.getNumActive();
    }

    @Override
    public int getNumIdle() {
        return sum(GeothermObjectPool::getNumIdle);
    }

    @Override
    public int getNumIdle(K key) {
        GeothermObjectPool<V> pool = byKey.get(key);
        return pool == null ? 0 : pool.getNumIdle();
    }

    private int sum(ToIntFunction<GeothermObjectPool<V>> count) {
        return byKey.values().stream().mapToInt(count).sum();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Destroys the idle objects and wakes the waiters; borrowed objects are destroyed when they are returned.
     */
    @Override
    public void close() {
        closed = true;
        byKey.forEach((key, pool) -> {
            pool.close();
            retire(key, pool);
        });
    }

    @Override
    public String toString() {
        return "GeothermKeyedObjectPool[" + name + ", keys " + byKey.size() + ", active " + getNumActive() + ", idle "
                + getNumIdle() + "]";
    }
}

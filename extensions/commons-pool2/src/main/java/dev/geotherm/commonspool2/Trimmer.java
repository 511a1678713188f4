package dev.geotherm.commonspool2;

import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.EvictionConfig;
import org.apache.commons.pool2.impl.EvictionPolicy;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trimmer that makes Commons Pool evict idle objects, least recently used first, down to a target number of objects.
 * {@link CommonsPool} reserves stack space before it calls a method, so a stack overflow leaves no lock held.
 */
final class Trimmer<T> implements EvictionPolicy<T> {
    private static final Logger LOG = LoggerFactory.getLogger(CommonsPools.class);

    private final GenericObjectPool<T> pool;
    private final PoolCounters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private int wanted;
    private int evicted;

    Trimmer(GenericObjectPool<T> pool, PoolCounters counters) {
        this.pool = pool;
        this.counters = counters;
        pool.setEvictionPolicy(this);
        pool.setNumTestsPerEvictionRun(-1); // all idle objects
    }

    /** Evicts idle objects, and returns the number of deallocated objects. */
    int to(int size) {
        lock.lock();
        try {
            wanted = size;
            evicted = 0;
            int before;
            do {
                before = evicted;
                pool.evict();
            } while (evicted > before && isTooMany(pool.getNumIdle()));
            return evicted;
        } catch (Exception closed) {
            LOG.debug("the pool was closed meanwhile", closed);
            return evicted;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean evict(EvictionConfig config, PooledObject<T> underTest, int idleCount) {
        if (!isTooMany(idleCount)) {
            return false;
        }
        evicted++;
        return true;
    }

    private boolean isTooMany(int idle) {
        return idle > 0 && idle + counters.inUse() > wanted;
    }
}

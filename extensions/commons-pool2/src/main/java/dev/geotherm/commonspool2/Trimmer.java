package dev.geotherm.commonspool2;

import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.EvictionConfig;
import org.apache.commons.pool2.impl.EvictionPolicy;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trimmer that makes Commons Pool evict idle objects, least recently used first, until the wanted number of objects
 * is left. {@link CommonsPool} reserves room on the stack before it calls a method, so an overflow leaves no lock held.
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
        pool.setNumTestsPerEvictionRun(-1); // all of them
    }

    /** Evicts; returns how many objects were deallocated. */
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

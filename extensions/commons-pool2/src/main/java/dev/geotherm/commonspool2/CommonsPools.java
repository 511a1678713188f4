package dev.geotherm.commonspool2;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Object pools that keep their objects in Commons Pool's {@code GenericObjectPool}: for who knows it, and for comparison.
 *
 * <p>Commons Pool keeps the idle objects, the last returned first, and validates, passivates and destroys them. The bound
 * and the waiting are done here: in Commons Pool a caller can sleep on although the place of an object that was destroyed
 * is free, and one whose object cannot be made does not learn it.
 *
 * <p>Objects that their holders lose are not found, and the collector is not watched: {@link #relieve} has to be called by
 * who knows that memory is short. Allocators may be called while Commons Pool holds the lock of that one object.
 *
 * <p>One daemon thread, {@code geotherm-<instance>-upkeep}, cleans up at intervals; {@link #close()} ends it.
 */
public final class CommonsPools implements ObjectPools, Reconfigurable<CommonsPoolsSettings> {
    private final Map<String, CommonsPool<?>> pools = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closings = new AtomicLong();
    private final Upkeep upkeep;

    private volatile CommonsPoolsSettings settings;
    private volatile boolean memoryIsShort;
    private volatile boolean closed;

    /** Creates the component; it may be used without a platform, with {@link ComponentContext#standalone}. */
    public CommonsPools(CommonsPoolsSettings settings, ComponentContext context) {
        this.settings = requireNonNull(settings, "settings");
        this.upkeep = new Upkeep(requireNonNull(context, "context").instance(), this::cleanUp);
        upkeep.every(settings.cleanupInterval());
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        requireNonNull(name, "name");
        requireNonNull(allocator, "allocator");
        requireOpen();
        CommonsPool<T> pool = new CommonsPool<>(name, allocator, () -> settings, this::forget);
        if (pools.putIfAbsent(name, pool) != null) {
            throw new IllegalArgumentException(
                    "a pool named '" + name + "' is open already: close it first, or choose another name");
        }
        opened.incrementAndGet();
        if (closed) { // close() may have missed this pool
            pool.close();
            requireOpen();
        }
        pool.prepare(() -> !memoryIsShort);
        return pool;
    }

    private void forget(CommonsPool<?> pool) {
        if (pools.remove(pool.name(), pool)) {
            closings.incrementAndGet();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the object pools are closed");
        }
    }

    private void cleanUp() {
        memoryIsShort = false;
        pools.values().forEach(CommonsPool::cleanUp);
    }

    @Override
    public int relieve() {
        memoryIsShort = true;
        return pools.values().stream().mapToInt(CommonsPool::relieve).sum();
    }

    @Override
    public synchronized void reconfigure(CommonsPoolsSettings newSettings) {
        requireNonNull(newSettings, "settings");
        requireOpen();
        boolean otherInterval = !settings.cleanupInterval().equals(newSettings.cleanupInterval());
        settings = newSettings;
        pools.values().forEach(CommonsPool::adapt);
        if (otherInterval) {
            upkeep.every(newSettings.cleanupInterval());
        }
    }

    @Override
    public PoolsMetrics metrics() {
        Map<String, PoolMetrics> each = new LinkedHashMap<>();
        pools.forEach((name, pool) -> each.put(name, pool.metrics()));
        return new PoolsMetrics(each, opened.get(), closings.get());
    }

    @Override
    public void close() {
        closed = true;
        pools.values().forEach(CommonsPool::close);
        upkeep.close();
    }
}

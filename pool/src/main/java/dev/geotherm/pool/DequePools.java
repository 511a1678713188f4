package dev.geotherm.pool;

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
 * Object pools that are simple and exact: one lock a pool, idle objects in a deque, waiters served in the order of their
 * coming.
 *
 * <p>Objects that their holders lose are found when they are collected; their places become free and are offered to
 * waiters. Idle objects beyond recent demand are deallocated at each clean-up. When the heap is still full after a
 * collection, all idle objects are.
 *
 * <p>One daemon thread, {@code geotherm-<instance>-upkeep}, does that; {@link #close()} ends it. The allocator is called
 * by the threads that use a pool, and by that one, never with a lock held.
 */
public final class DequePools implements ObjectPools, Reconfigurable<DequePoolsSettings> {
    private final Map<String, DequePool<?>> pools = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closings = new AtomicLong();
    private final Upkeep upkeep;

    private final Object settingsLock = new Object();
    private volatile DequePoolsSettings settings;
    private CollectorWatch watch;
    private volatile boolean memoryIsShort;
    private volatile boolean closed;

    /** Creates the component; it may be used without a platform, with {@link ComponentContext#standalone}. */
    public DequePools(DequePoolsSettings settings, ComponentContext context) {
        this.settings = requireNonNull(settings, "settings");
        this.upkeep = new Upkeep(
                requireNonNull(context, "context").instance(),
                () -> this.settings.cleanupInterval(),
                this::cleanUp,
                this::relieve);
        this.watch = CollectorWatch.start(settings.pressureThreshold(), upkeep::relieveSoon);
        upkeep.start();
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        requireNonNull(name, "name");
        requireNonNull(allocator, "allocator");
        requireOpen();
        DequePool<T> pool = new DequePool<>(name, allocator, () -> settings, upkeep.lost(), this::forget);
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

    private void forget(DequePool<?> pool) {
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
        pools.values().forEach(DequePool::cleanUp);
    }

    @Override
    public int relieve() {
        memoryIsShort = true;
        return pools.values().stream().mapToInt(DequePool::relieve).sum();
    }

    @Override
    public void reconfigure(DequePoolsSettings newSettings) {
        requireNonNull(newSettings, "settings");
        synchronized (settingsLock) {
            requireOpen();
            DequePoolsSettings old = settings;
            settings = newSettings;
            if (old.pressureThreshold() != newSettings.pressureThreshold()) {
                watch.close();
                watch = CollectorWatch.start(newSettings.pressureThreshold(), upkeep::relieveSoon);
            }
        }
        pools.values().forEach(DequePool::adapt);
        upkeep.intervalChanged();
    }

    @Override
    public PoolsMetrics metrics() {
        Map<String, PoolMetrics> each = new LinkedHashMap<>();
        pools.forEach((name, pool) -> each.put(name, pool.metrics()));
        return new PoolsMetrics(each, opened.get(), closings.get());
    }

    @Override
    public void close() {
        synchronized (settingsLock) {
            if (closed) {
                return;
            }
            closed = true;
            watch.close();
        }
        pools.values().forEach(DequePool::close);
        upkeep.close();
    }
}

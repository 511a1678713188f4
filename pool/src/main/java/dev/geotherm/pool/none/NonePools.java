package dev.geotherm.pool.none;

import static java.util.Objects.requireNonNull;

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
 * Object pools that keep nothing: every object is allocated for its holder and deallocated when it comes back.
 *
 * <p>What is right with other pools is right here, and what is refused there is refused here: so it is the baseline that
 * shows what pooling is worth, and the choice for objects that are cheap to make. Objects are never reset, validated or
 * made in advance, and there is nothing to clean up. The bound counts where callers wait or are refused.
 *
 * <p>Objects that are {@link dev.geotherm.api.pool.Poolable}, and those held by a lease, carry their state with them; of
 * others that were acquired a weak registry is kept. Objects that their holders lose are not noticed: they count as in use,
 * and against the bound.
 *
 * <p>There is no thread.
 */
public final class NonePools implements ObjectPools, Reconfigurable<NonePoolsSettings> {
    private final Map<String, NonePool<?>> pools = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closings = new AtomicLong();
    private volatile NonePoolsSettings settings;
    private volatile boolean closed;

    /** Creates the component. */
    public NonePools(NonePoolsSettings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        requireNonNull(name, "name");
        requireNonNull(allocator, "allocator");
        requireOpen();
        NonePool<T> pool = new NonePool<>(name, allocator, () -> settings, this::forget);
        if (pools.putIfAbsent(name, pool) != null) {
            throw new IllegalArgumentException(
                    "a pool named '" + name + "' is open already: close it first, or choose another name");
        }
        opened.incrementAndGet();
        if (closed) { // close() may have missed this pool
            pool.close();
            requireOpen();
        }
        return pool;
    }

    private void forget(NonePool<?> pool) {
        if (pools.remove(pool.name(), pool)) {
            closings.incrementAndGet();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the object pools are closed");
        }
    }

    /** Counts the event; there is nothing to give back. */
    @Override
    public int relieve() {
        pools.values().forEach(NonePool::relieve);
        return 0;
    }

    @Override
    public void reconfigure(NonePoolsSettings newSettings) {
        requireNonNull(newSettings, "settings");
        requireOpen();
        settings = newSettings;
        pools.values().forEach(NonePool::adapt);
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
        pools.values().forEach(NonePool::close);
    }
}

package dev.geotherm.commonspool2;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.FailureLog;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Object pools over Commons Pool's {@code GenericObjectPool}, for applications that rely on it and for comparison.
 *
 * <p>Commons Pool keeps the idle objects in LIFO order, and validates, passivates and destroys them. This component
 * implements the bound and the waiting, because in Commons Pool a caller can keep waiting although the capacity of a
 * destroyed object is free, and a caller is not informed that its object cannot be created.
 *
 * <p>Leaked objects are not detected: the component keeps the 64 pools closed last with objects in use, and these objects,
 * for their metrics. Memory pressure is not monitored: call {@link #trim} under pressure. Commons Pool may call an allocator
 * while it holds the lock of the object in question.
 *
 * <p>The scheduler of the context runs periodic clean-ups until {@link #close()}. The {@code cleanupInterval} always applies
 * to the whole component, even if a named pool has its own settings.
 */
public final class CommonsPools implements ObjectPools, Reconfigurable<CommonsPoolsSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(CommonsPools.class);

    private final NamedInstances<CommonsPool<?>, PoolMetrics> pools =
            new NamedInstances<>("pool", CommonsPool::metrics, CommonsPool::close, CommonsPool::isDrained);
    private final ComponentContext context;
    private final FailureLog cleanUps = new FailureLog("the clean-up of a pool failed and is tried again", LOG::warn);

    private volatile CommonsPoolsSettings settings;
    private volatile boolean underPressure;
    private ScheduledTask cleanUp;

    /** Creates the component; without a platform, use {@link ComponentContext#standalone}. */
    public CommonsPools(CommonsPoolsSettings settings, ComponentContext context) {
        this.settings = requireNonNull(settings, "settings");
        this.context = requireNonNull(context, "context");
        this.cleanUp = context.scheduler().every(settings.cleanupInterval(), this::cleanUp);
    }

    @Override
    @SuppressWarnings(
            "ReferenceEquality") // a change is another record; and the JDK retains the class of compared records
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        requireNonNull(name, "name");
        requireNonNull(allocator, "allocator");
        CommonsPoolsSettings component = settings;
        CommonsPoolsSettings own = context.settings(name, component);
        return pools.open(name, () -> new CommonsPool<>(name, allocator, own, this::closed), pool -> {
            synchronized (this) {
                if (settings != component) { // the settings changed before the pool was registered
                    pool.adapt(context.settings(name, settings));
                }
            }
            pool.preallocate(() -> !underPressure);
        });
    }

    private void closed(CommonsPool<?> pool) {
        pools.closed(pool.name(), pool);
    }

    private void cleanUp() {
        underPressure = false;
        boolean failures = false;
        for (CommonsPool<?> pool : pools.list()) {
            try {
                pool.cleanUp();
            } catch (RuntimeException | Error failed) {
                failures = true;
                cleanUps.failed(failed);
            }
        }
        if (!failures) {
            cleanUps.succeeded();
        }
    }

    @Override
    public int trim() {
        underPressure = true;
        return pools.list().stream().mapToInt(CommonsPool::trim).sum();
    }

    @Override
    public synchronized void reconfigure(CommonsPoolsSettings newSettings) {
        requireNonNull(newSettings, "settings");
        pools.requireOpen();
        boolean otherInterval = !settings.cleanupInterval().equals(newSettings.cleanupInterval());
        settings = newSettings;
        pools.list().forEach(pool -> pool.adapt(context.settings(pool.name(), newSettings)));
        if (otherInterval) {
            ScheduledTask before = cleanUp;
            cleanUp = context.scheduler().every(newSettings.cleanupInterval(), this::cleanUp);
            before.cancel();
        }
    }

    @Override
    public PoolsMetrics metrics() {
        return new PoolsMetrics(pools.metrics(), pools.opened(), pools.closed());
    }

    @Override
    public void close() {
        try {
            pools.close();
        } finally {
            scheduled().cancel();
        }
    }

    private synchronized ScheduledTask scheduled() {
        return cleanUp;
    }
}

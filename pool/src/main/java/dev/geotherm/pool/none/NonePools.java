package dev.geotherm.pool.none;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Object pools without pooling: every object is allocated for its borrower and deallocated when it is released.
 *
 * <p>They detect the same misuse as other pools. Use them as a baseline to measure the benefit of pooling, and for
 * objects that are cheap to create. Objects are never reset, validated or preallocated, and a clean-up does nothing.
 * The bound applies only if callers wait or are refused.
 *
 * <p>The pool refers weakly to objects in use. Leaked objects are detected once the collector has run; they are not
 * deallocated.
 *
 * <p>Thread-safe. The scheduler of the context checks for leaked objects until {@link #close()}.
 */
public final class NonePools implements ObjectPools, Reconfigurable<NonePoolsSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(NonePools.class);
    private static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(1);

    private final NamedInstances<NonePool<?>, PoolMetrics> pools =
            new NamedInstances<>("pool", NonePool::metrics, NonePool::close, NonePool::isDrained);
    private final ComponentContext context;
    private final FailureLog upkeepFailures =
            new FailureLog("the search for leaked objects failed and is tried again", LOG::warn);
    private final ScheduledTask upkeep;
    private volatile NonePoolsSettings settings;

    /** Creates the component; without a platform, use {@link ComponentContext#standalone}. */
    public NonePools(NonePoolsSettings settings, ComponentContext context) {
        this.settings = requireNonNull(settings, "settings");
        this.context = requireNonNull(context, "context");
        this.upkeep = context.scheduler().every(UPKEEP_INTERVAL, this::endLeaked);
    }

    /** Checks each pool for leaked objects; a failure of one does not affect the others. */
    private void endLeaked() {
        boolean failures = false;
        List<NonePool<?>> all = new ArrayList<>(pools.list());
        all.addAll(pools.draining());
        for (NonePool<?> pool : all) {
            try {
                pool.endLeaked();
            } catch (RuntimeException | Error failed) {
                failures = true;
                upkeepFailures.failed(failed);
            }
        }
        if (!failures) {
            upkeepFailures.succeeded();
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // changes are new records; equals would make the JDK retain their class
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        requireNonNull(name, "name");
        requireNonNull(allocator, "allocator");
        NonePoolsSettings component = settings;
        NonePoolsSettings own = context.settings(name, component);
        return pools.open(name, () -> new NonePool<>(name, allocator, own, this::closed), pool -> {
            synchronized (this) {
                if (settings != component) { // the settings changed before the pool was registered
                    pool.adapt(context.settings(name, settings));
                }
            }
        });
    }

    private void closed(NonePool<?> pool) {
        pools.closed(pool.name(), pool);
    }

    /** Counts the event; there is nothing to deallocate. */
    @Override
    public int trim() {
        pools.list().forEach(NonePool::trim);
        return 0;
    }

    @Override
    public synchronized void reconfigure(NonePoolsSettings newSettings) {
        requireNonNull(newSettings, "settings");
        pools.requireOpen();
        settings = newSettings;
        pools.list().forEach(pool -> pool.adapt(context.settings(pool.name(), newSettings)));
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
            upkeep.cancel();
        }
    }
}

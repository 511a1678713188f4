package dev.geotherm.pool.striped;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;
import dev.geotherm.pool.pressure.ContainerMemory;
import dev.geotherm.pool.pressure.HeapAfterCollection;
import dev.geotherm.pool.pressure.MemoryPressureMonitor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Object pools for many threads, platform and virtual. Objects stay in fixed slots, and an acquisition is one
 * compare-and-set, without lock, clock, shared counter or allocation.
 *
 * <p>Objects that are {@link dev.geotherm.api.pool.Poolable} are released fastest; the slot of others is looked up by
 * identity. Leaked objects are detected after about two collections. The number of objects follows demand between
 * {@code minSize} and {@code maxSize}; idle objects are deallocated if the heap is nearly full after a collection or
 * the container is close to its limit. Beyond {@code minSize}, objects that are idle for longer than a sweep are softly
 * referenced, so that the JVM can reclaim them before it runs out of memory, unless their allocator overrides
 * {@code deallocate}.
 *
 * <p>The scheduler of the context runs the maintenance tasks until {@link #close()}; {@code sweepInterval},
 * {@code cleanupInterval} and {@code pressureThreshold} always apply to the whole component, even if a named pool has
 * its own settings. The allocator is called by the threads that use a pool, by the scheduler, and by threads of the
 * common pool when many objects are preallocated; never with a lock held.
 *
 * <p>If two threads release an object simultaneously, which is misuse, both calls can succeed, but the object still has
 * only one borrower. With {@code exactReturns}, one of the calls is refused.
 */
public final class StripedPools implements ObjectPools, Reconfigurable<StripedPoolsSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);
    private static final int MANY = 64;

    /** The used share of the heap, soon after a collection, from which all idle objects are softly referenced. */
    private static final double SOFT_SHARE = 0.5;

    private final NamedInstances<StripedPool<?>, PoolMetrics> pools =
            new NamedInstances<>("pool", StripedPool::metrics, StripedPool::close, StripedPool::isDrained);

    /** Closed pools with objects in use, which are deallocated on release or, at the latest, by the next sweep. */
    private final Set<StripedPool<?>> draining = ConcurrentHashMap.newKeySet();

    private final ComponentContext context;
    private final Housekeeper housekeeper;
    private final MemoryPressureMonitor pressureMonitor;
    private final LongSupplier nanos;

    private final Object settingsLock = new Object();
    private volatile StripedPoolsSettings settings;
    private volatile boolean underPressure;

    /** Whether the monitor, rather than a caller, reported the pressure. */
    private volatile boolean pressureSeen;

    /** Creates the component; without a platform, use {@link ComponentContext#standalone}. */
    public StripedPools(StripedPoolsSettings settings, ComponentContext context) {
        this(settings, context, ContainerMemory.ofThisProcess(), System::nanoTime);
    }

    StripedPools(
            StripedPoolsSettings settings, ComponentContext context, ContainerMemory container, LongSupplier nanos) {
        this.settings = requireNonNull(settings, "settings");
        this.context = requireNonNull(context, "context");
        this.nanos = nanos;
        this.housekeeper = new Housekeeper(context.scheduler(), () -> this.settings, new Duties());
        this.pressureMonitor =
                new MemoryPressureMonitor(settings.pressureThreshold(), container, housekeeper::trimSoon);
        boolean started = false;
        try {
            housekeeper.start();
            started = true;
        } finally {
            if (!started) {
                pressureMonitor.close();
            }
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // changes are new records; equals would make the JDK retain their class
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        requireNonNull(name, "name");
        requireNonNull(allocator, "allocator");
        StripedPoolsSettings component = settings;
        StripedPoolsSettings own = context.settings(name, component);
        return pools.open(
                name,
                () -> new StripedPool<>(name, allocator, own, housekeeper.cleared(), nanos, this::closed),
                pool -> {
                    synchronized (settingsLock) {
                        if (settings != component) { // the settings changed before the pool was registered
                            pool.adapt(context.settings(name, settings));
                        }
                    }
                    preallocate(pool, own.initialSize());
                });
    }

    /** Preallocates objects, many of them in parallel; stops when one fails, or under memory pressure. */
    private void preallocate(StripedPool<?> pool, int wanted) {
        AtomicBoolean goOn = new AtomicBoolean(!underPressure);
        AtomicBoolean made = new AtomicBoolean();
        AtomicBoolean failed = new AtomicBoolean();
        IntStream rounds = IntStream.range(0, wanted);
        (wanted >= MANY ? rounds.parallel() : rounds).forEach(round -> {
            try {
                if (!goOn.get()) {
                    return;
                }
                if (!underPressure && pool.preallocate(wanted)) {
                    made.set(true);
                } else {
                    goOn.set(false);
                }
            } catch (AllocationException failure) {
                goOn.set(false);
                if (!failed.getAndSet(true)) {
                    pool.preallocations().failed(failure);
                }
            }
        });
        if (made.get() && !failed.get()) {
            pool.preallocations().succeeded();
        }
    }

    private void closed(StripedPool<?> pool) {
        if (pools.closed(pool.name(), pool)) {
            draining.add(pool);
        }
    }

    /** The work of the housekeeper. */
    private final class Duties implements Housekeeper.Duties {
        @Override
        public void weakenReferences() {
            pools.list().forEach(StripedPool::weakenReferences);
            draining.forEach(StripedPool::weakenReferences);
        }

        @Override
        public void collected() {
            if (HeapAfterCollection.share() > SOFT_SHARE) {
                forEach(StripedPool::soften);
            }
        }

        @Override
        public void sweep() {
            boolean now = pressureMonitor.isUnderPressure();
            if (now && !pressureSeen) {
                trim();
            } else if (pressureSeen && !now) {
                pressureSeen = false;
                recover();
                LOG.info("the memory pressure is over: idle objects are kept again");
            }
            forEach(StripedPool::sweep);
            draining.removeIf(StripedPool::isEmptied);
            forEach(pool -> preallocate(pool, pool.minSize()));
        }

        @Override
        public void cleanUp() {
            if (!pressureSeen) {
                recover();
            }
            forEach(StripedPool::cleanUp);
        }

        /** Runs an action for each pool; a failure for one does not affect the others. */
        private void forEach(Consumer<StripedPool<?>> duty) {
            Throwable first = null;
            for (StripedPool<?> pool : pools.list()) {
                try {
                    duty.accept(pool);
                } catch (RuntimeException | Error failed) {
                    first = first == null ? failed : first;
                }
            }
            if (first instanceof Error error) {
                throw error;
            } else if (first != null) {
                throw (RuntimeException) first;
            }
        }

        @Override
        public void trim() {
            boolean seenBefore = pressureSeen;
            pressureSeen = true;
            StripedPools.this.trim();
            if (!seenBefore) { // only now: logging may need memory
                LOG.info("memory pressure: idle objects are deallocated");
            }
        }
    }

    @Override
    public int trim() {
        underPressure = true;
        int count = 0;
        for (StripedPool<?> pool : pools.list()) {
            count += pool.trim();
        }
        underPressure = true; // again: a recovery in between may have reset it
        return count;
    }

    private void recover() {
        if (underPressure) {
            underPressure = false;
            pools.list().forEach(StripedPool::recover);
        }
    }

    @Override
    public void reconfigure(StripedPoolsSettings newSettings) {
        requireNonNull(newSettings, "settings");
        synchronized (settingsLock) {
            pools.requireOpen();
            settings = newSettings;
            pressureMonitor.setThreshold(newSettings.pressureThreshold());
            pools.list().forEach(pool -> pool.adapt(context.settings(pool.name(), newSettings)));
        }
        housekeeper.settingsChanged();
    }

    @Override
    public PoolsMetrics metrics() {
        return new PoolsMetrics(pools.metrics(), pools.opened(), pools.closed());
    }

    @Override
    public void close() {
        synchronized (settingsLock) {
            pressureMonitor.close();
        }
        try {
            pools.close();
        } finally {
            housekeeper.close();
        }
        draining.removeIf(StripedPool::isEmptied);
    }
}

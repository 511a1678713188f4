package dev.geotherm.pool.striped;

import dev.geotherm.pool.pressure.ContainerMemory;
import dev.geotherm.pool.pressure.MemoryPressureMonitor;
import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Object pools for many threads, of the platform and virtual: objects stay in fixed slots, and a claim is one
 * compare-and-set, without lock, clock, shared counter or allocation.
 *
 * <p>Objects that are {@link dev.geotherm.api.pool.Poolable} are returned fastest; of others the slot is looked up by
 * identity. Objects that their holders lose are found once the collector has visited them about twice. The number of objects
 * follows demand between {@code minSize} and {@code maxSize}; idle ones are given up when the heap is full after a
 * collection or the container nears its limit. Beyond {@code minSize}, those that are idle for longer than a sweep give way
 * to an allocation for which there is no other memory, unless their allocator deallocates.
 *
 * <p>One daemon thread, {@code geotherm-<instance>-upkeep}, does that; {@link #close()} ends it. The allocator is called
 * by the threads that use a pool, by that one, and by those of the common pool when many objects are made in advance;
 * never with a lock held.
 *
 * <p>Of two threads that return one object at the same moment, which is a fault of theirs, both may pass; the object still
 * goes to one holder only. With {@code exactReturns} one of them is refused.
 */
public final class StripedPools implements ObjectPools, Reconfigurable<StripedPoolsSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);
    private static final int MANY = 64;

    /** The share of the heap in use, soon after a collection, from which on all idle objects are held softly. */
    private static final double SOFT_SHARE = 0.5;

    private final Map<String, StripedPool<?>> pools = new ConcurrentHashMap<>();

    /** Closed pools from which objects are out; what comes back is given up, at the latest by the next sweep. */
    private final Set<StripedPool<?>> leaving = ConcurrentHashMap.newKeySet();

    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closings = new AtomicLong();
    private final Housekeeper upkeep;
    private final MemoryPressureMonitor gauge;
    private final LongSupplier nanos;

    private final Object settingsLock = new Object();
    private volatile StripedPoolsSettings settings;
    private volatile boolean memoryIsShort;

    /** Whether it is the gauge that says so, and not a caller. */
    private volatile boolean gaugeSaysSo;

    private volatile boolean closed;

    /** Creates the component; it may be used without a platform, with {@link ComponentContext#standalone}. */
    public StripedPools(StripedPoolsSettings settings, ComponentContext context) {
        this(settings, context, ContainerMemory.ofThisProcess(), System::nanoTime);
    }

    StripedPools(
            StripedPoolsSettings settings, ComponentContext context, ContainerMemory container, LongSupplier nanos) {
        this.settings = requireNonNull(settings, "settings");
        this.nanos = nanos;
        this.upkeep = new Housekeeper(requireNonNull(context, "context").instance(), () -> this.settings, new Tending());
        this.gauge = new MemoryPressureMonitor(settings.pressureThreshold(), container, upkeep::relieveSoon);
        upkeep.start();
    }

    @Override
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        requireNonNull(name, "name");
        requireNonNull(allocator, "allocator");
        requireOpen();
        StripedPool<T> pool = new StripedPool<>(name, allocator, () -> settings, upkeep.lost(), nanos, this::forget);
        if (pools.putIfAbsent(name, pool) != null) {
            throw new IllegalArgumentException(
                    "a pool named '" + name + "' is open already: close it first, or choose another name");
        }
        opened.incrementAndGet();
        if (closed) { // close() may have missed this pool
            pool.close();
            requireOpen();
        }
        stockUp(pool, settings.initialSize());
        return pool;
    }

    /** Makes objects in advance, many of them in parallel; gives up when one fails, or when memory is short. */
    private void stockUp(StripedPool<?> pool, int wanted) {
        AtomicBoolean goOn = new AtomicBoolean(!memoryIsShort);
        IntStream rounds = IntStream.range(0, wanted);
        (wanted >= MANY ? rounds.parallel() : rounds).forEach(round -> {
            try {
                if (goOn.get() && (memoryIsShort || !pool.makeInAdvance(wanted))) {
                    goOn.set(false);
                }
            } catch (AllocationException failed) {
                if (goOn.getAndSet(false)) {
                    LOG.warn("{}; no more objects are made in advance", failed.getMessage(), failed);
                }
            }
        });
    }

    private void forget(StripedPool<?> pool) {
        if (pools.remove(pool.name(), pool)) {
            closings.incrementAndGet();
            leaving.add(pool);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the object pools are closed");
        }
    }

    /** What the upkeep does for the pools. */
    private final class Tending implements Housekeeper.Duties {
        @Override
        public void letGo() {
            pools.values().forEach(StripedPool::letGo);
            leaving.forEach(StripedPool::letGo);
        }

        @Override
        public void collected() {
            Runtime jvm = Runtime.getRuntime();
            if (jvm.totalMemory() - jvm.freeMemory() > SOFT_SHARE * jvm.maxMemory()) {
                forEach(StripedPool::soften);
            }
        }

        @Override
        public void tend() {
            boolean isShort = gauge.isShort();
            if (isShort && !gaugeSaysSo) {
                relieve();
            } else if (gaugeSaysSo && !isShort) {
                gaugeSaysSo = false;
                StripedPools.this.recover();
                LOG.info("memory is not short any more: idle objects are kept again");
            }
            forEach(StripedPool::tend);
            leaving.removeIf(StripedPool::isEmptied);
            forEach(pool -> stockUp(pool, settings.minSize()));
        }

        @Override
        public void cleanUp() {
            if (!gaugeSaysSo) {
                StripedPools.this.recover();
            }
            forEach(StripedPool::cleanUp);
        }

        /** Does something for each pool; what fails for one is done for the others all the same. */
        private void forEach(Consumer<StripedPool<?>> duty) {
            Throwable first = null;
            for (StripedPool<?> pool : pools.values()) {
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
        public void relieve() {
            boolean saidSo = gaugeSaysSo;
            gaugeSaysSo = true;
            StripedPools.this.relieve();
            if (!saidSo) { // not before: memory may be too short for it
                LOG.info("memory is short: idle objects are given up");
            }
        }
    }

    @Override
    public int relieve() {
        memoryIsShort = true;
        int count = 0;
        for (StripedPool<?> pool : pools.values()) {
            count += pool.relieve();
        }
        memoryIsShort = true; // again: a recovery that came in between recovered what was relieved first
        return count;
    }

    private void recover() {
        if (memoryIsShort) {
            memoryIsShort = false;
            pools.values().forEach(StripedPool::recover);
        }
    }

    @Override
    public void reconfigure(StripedPoolsSettings newSettings) {
        requireNonNull(newSettings, "settings");
        synchronized (settingsLock) {
            requireOpen();
            settings = newSettings;
            gauge.setThreshold(newSettings.pressureThreshold());
            pools.values().forEach(StripedPool::adapt);
        }
        upkeep.settingsChanged();
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
            gauge.close();
        }
        pools.values().forEach(StripedPool::close);
        upkeep.close();
        leaving.removeIf(StripedPool::isEmptied);
    }
}

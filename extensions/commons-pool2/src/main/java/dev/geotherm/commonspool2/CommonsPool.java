package dev.geotherm.commonspool2;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.commonspool2.Held.Holder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool whose idle objects are in a {@code GenericObjectPool}, behind an {@link Admission}.
 *
 * <p>A holder is admitted before it borrows and leaves after it returned. So there are never more objects in use than were
 * admitted, and Commons Pool itself needs neither a bound nor a wait.
 */
final class CommonsPool<T> implements ObjectPool<T> {
    private static final Logger log = LoggerFactory.getLogger(CommonsPools.class);

    private final String name;
    private final Supplier<CommonsPoolsSettings> settings;
    private final Consumer<CommonsPool<?>> whenClosed;
    private final Figures figures = new Figures();
    private final Admission admission;
    private final AllocatorFactory<T> factory;
    private final GenericObjectPool<T> pool;
    private final Trimming<T> trimming;
    private final AtomicBoolean misuseLogged = new AtomicBoolean();
    private volatile boolean closed;

    CommonsPool(
            String name,
            Allocator<T> allocator,
            Supplier<CommonsPoolsSettings> settings,
            Consumer<CommonsPool<?>> whenClosed) {
        this.name = name;
        this.settings = settings;
        this.whenClosed = whenClosed;
        this.admission = new Admission(name, settings);
        this.factory = new AllocatorFactory<>(
                name, allocator, () -> closed ? 0 : settings.get().maxSize(), figures);
        this.pool = new GenericObjectPool<>(factory, config());
        this.trimming = new Trimming<>(pool, figures);
    }

    private static <T> GenericObjectPoolConfig<T> config() {
        GenericObjectPoolConfig<T> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(-1);
        config.setMaxIdle(-1);
        config.setBlockWhenExhausted(false);
        config.setTestOnBorrow(true);
        config.setTestOnReturn(true);
        config.setJmxEnabled(false);
        config.setCollectDetailedStatistics(false);
        return config;
    }

    @Override
    public String name() {
        return name;
    }

    /** Makes as many objects in advance as the settings say, while that is allowed; gives up at the first that fails. */
    void prepare(BooleanSupplier allowed) {
        try {
            CommonsPoolsSettings inForce = settings.get();
            for (int i = Math.min(inForce.initialSize(), inForce.maxSize());
                    i > 0 && allowed.getAsBoolean() && !closed;
                    i--) {
                pool.addObject();
            }
        } catch (Exception failed) {
            log.warn("{}; no more objects are made in advance", failed.getMessage(), failed);
        }
        if (closed) {
            pool.clear();
        }
    }

    @Override
    public T acquire() {
        return take(Holder.CALLER).object();
    }

    @Override
    public Lease<T> lease() {
        return new CommonsLease<>(this, take(Holder.LEASE));
    }

    private Held<T> take(Holder holder) {
        admission.enter();
        try {
            Held<T> held = requireNonNull(factory.find(pool.borrowObject()));
            figures.handOut(held);
            held.lend(holder);
            return held;
        } catch (AllocationException | Error failed) {
            admission.leave();
            throw failed;
        } catch (Exception failed) {
            admission.leave();
            throw new IllegalStateException("pool " + name + " is closed", failed);
        }
    }

    @Override
    public void release(T object) {
        Held<T> held = takeBack(object);
        if (held != null) {
            giveBack(held);
        }
    }

    /** Ends a lease, which does that once. */
    void release(Held<T> leased) {
        if (leased.takeBack(Holder.LEASE)) {
            giveBack(leased);
        }
    }

    /** Ends a lease, which does that once, and has its object destroyed. */
    void discard(Held<T> leased) {
        if (leased.takeBack(Holder.LEASE)) {
            factory.spoil(leased);
            giveBack(leased);
        }
    }

    @Override
    public void discard(T object) {
        Held<T> held = takeBack(object);
        if (held != null) {
            factory.spoil(held);
            giveBack(held);
        }
    }

    /** Takes an object back from a caller, or refuses it; null if that is not thrown. */
    private @Nullable Held<T> takeBack(T object) {
        Held<T> held = factory.find(requireNonNull(object, "object"));
        if (held != null && held.takeBack(Holder.CALLER)) {
            return held;
        }
        figures.refused.increment();
        PoolMisuseException refusal = new PoolMisuseException(
                "pool " + name + ": this " + object.getClass().getName() + why(held));
        if (settings.get().whenMisused() == WhenMisused.REFUSE) {
            throw refusal;
        }
        if (misuseLogged.compareAndSet(false, true)) {
            log.warn("an object was returned that is not in use; this is logged once for the pool", refusal);
        }
        return null;
    }

    private static String why(@Nullable Held<?> held) {
        if (held == null) {
            return " is not in use here: it is of another pool or none, or was discarded";
        }
        return held.isLeased()
                ? " is held by a lease, which alone returns it: close or discard the lease"
                : " is not in use here: it was returned before";
    }

    private void giveBack(Held<T> held) {
        figures.takeBack();
        try {
            pool.returnObject(held.object());
        } finally {
            admission.leave();
        }
    }

    @Override
    public int cleanUp() {
        CommonsPoolsSettings inForce = settings.get();
        int wanted = Math.max(inForce.initialSize(), figures.takeDemand());
        return closed ? 0 : trimming.to(Math.min(wanted, inForce.maxSize()));
    }

    int relieve() {
        figures.pressureEvents.increment();
        return closed ? 0 : trimming.to(0);
    }

    /** Puts changed settings in force. */
    void adapt() {
        if (!closed) {
            trimming.to(settings.get().maxSize());
            admission.adapt();
        }
    }

    @Override
    public PoolMetrics metrics() {
        return figures.snapshot(pool.getNumIdle(), settings.get().maxSize(), admission);
    }

    @Override
    public void close() {
        if (admission.close()) {
            closed = true;
            pool.close();
            whenClosed.accept(this);
        }
    }
}

package dev.geotherm.commonspool2;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.StackRoom;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.commonspool2.HeldObject.Holder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool with its idle objects in a {@code GenericObjectPool}, behind an {@link Admission}.
 *
 * <p>A borrower is admitted before it borrows, and leaves after the release. Therefore the number of objects in use never
 * exceeds the number of admitted borrowers, and Commons Pool itself needs neither a bound nor waiting.
 */
final class CommonsPool<T> implements ObjectPool<T> {
    /** The stack space of an operation; with less, an overflow could leave a lock of Commons Pool or this adapter held. */
    static final int STACK_KILOBYTES = 12;

    private static final Logger LOG = LoggerFactory.getLogger(CommonsPools.class);

    private final String name;
    private volatile CommonsPoolsSettings settings;
    private final Consumer<CommonsPool<?>> onClose;
    private final PoolCounters counters = new PoolCounters();
    private final Admission admission;
    private final AllocatorFactory<T> factory;
    private final GenericObjectPool<T> pool;
    private final Trimmer<T> trimmer;
    private final AtomicBoolean misuseLogged = new AtomicBoolean();
    private volatile boolean closed;

    CommonsPool(String name, Allocator<T> allocator, CommonsPoolsSettings settings, Consumer<CommonsPool<?>> onClose) {
        this.name = name;
        this.settings = settings;
        this.onClose = onClose;
        this.admission = new Admission(name, () -> this.settings);
        this.factory = new AllocatorFactory<>(name, allocator, () -> closed ? 0 : this.settings.maxSize(), counters);
        this.pool = new GenericObjectPool<>(factory, config());
        this.trimmer = new Trimmer<>(pool, counters);
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

    /** Preallocates the configured number of objects while that is allowed; stops at the first failure. */
    void preallocate(BooleanSupplier allowed) {
        StackRoom.require(STACK_KILOBYTES);
        try {
            CommonsPoolsSettings inForce = settings;
            for (int i = Math.min(inForce.initialSize(), inForce.maxSize());
                    i > 0 && allowed.getAsBoolean() && !closed;
                    i--) {
                pool.addObject();
            }
        } catch (Exception failed) {
            LOG.warn("{}; no more objects are preallocated", failed.getMessage(), failed);
        }
        if (closed) {
            pool.clear();
        }
    }

    @Override
    public T acquire() {
        StackRoom.require(STACK_KILOBYTES);
        return take(Holder.CALLER).object();
    }

    @Override
    public <R> R use(Function<? super T, ? extends R> function) {
        requireNonNull(function, "function");
        StackRoom.require(STACK_KILOBYTES); // covers the release as well
        HeldObject<T> held = take(Holder.LEASE);
        try {
            return function.apply(held.object());
        } finally {
            endLease(held);
        }
    }

    @Override
    public void run(Consumer<? super T> consumer) {
        requireNonNull(consumer, "consumer");
        StackRoom.require(STACK_KILOBYTES); // as above
        HeldObject<T> held = take(Holder.LEASE);
        try {
            consumer.accept(held.object());
        } finally {
            endLease(held);
        }
    }

    @Override
    public Lease<T> lease() {
        StackRoom.require(STACK_KILOBYTES);
        return new CommonsLease<>(this, take(Holder.LEASE));
    }

    private HeldObject<T> take(Holder holder) {
        admission.enter();
        try {
            HeldObject<T> held = requireNonNull(factory.find(pool.borrowObject()));
            counters.handOut(held);
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
        StackRoom.require(STACK_KILOBYTES);
        HeldObject<T> held = takeBack(object);
        if (held != null) {
            giveBack(held);
        }
    }

    /** Ends a lease; called once per lease. */
    void endLease(HeldObject<T> leased) {
        if (leased.takeBack(Holder.LEASE)) {
            giveBack(leased);
        }
    }

    /** Ends a lease and destroys its object; called at most once per lease. */
    void discard(HeldObject<T> leased) {
        if (leased.takeBack(Holder.LEASE)) {
            factory.spoil(leased);
            giveBack(leased);
        }
    }

    @Override
    public void discard(T object) {
        StackRoom.require(STACK_KILOBYTES);
        HeldObject<T> held = takeBack(object);
        if (held != null) {
            factory.spoil(held);
            giveBack(held);
        }
    }

    /** Takes an object back from a caller or refuses it. Returns null if the misuse is only counted. */
    private @Nullable HeldObject<T> takeBack(T object) {
        HeldObject<T> held = factory.find(requireNonNull(object, "object"));
        if (held != null && held.takeBack(Holder.CALLER)) {
            return held;
        }
        counters.refused.increment();
        PoolMisuseException refusal = new PoolMisuseException(
                "pool " + name + ": this " + object.getClass().getName() + why(held));
        if (settings.whenMisused() == WhenMisused.REFUSE) {
            throw refusal;
        }
        if (misuseLogged.compareAndSet(false, true)) {
            LOG.warn("an object was released that is not in use; this is logged once for each pool", refusal);
        }
        return null;
    }

    private static String why(@Nullable HeldObject<?> held) {
        if (held == null) {
            return " is not in use here: it does not belong to this pool, or was discarded";
        }
        return held.isLeased()
                ? " is held by a lease: close or discard the lease instead"
                : " is not in use here: it was released before";
    }

    private void giveBack(HeldObject<T> held) {
        counters.takeBack();
        try {
            pool.returnObject(held.object());
        } finally {
            admission.leave();
        }
    }

    @Override
    public int cleanUp() {
        StackRoom.require(STACK_KILOBYTES);
        CommonsPoolsSettings inForce = settings;
        int wanted = Math.max(inForce.initialSize(), counters.takeDemand());
        return closed ? 0 : trimmer.to(Math.min(wanted, inForce.maxSize()));
    }

    int trim() {
        StackRoom.require(STACK_KILOBYTES);
        counters.pressureEvents.increment();
        return closed ? 0 : trimmer.to(0);
    }

    /** Applies changed settings. */
    void adapt(CommonsPoolsSettings changed) {
        StackRoom.require(STACK_KILOBYTES);
        settings = changed;
        if (!closed) {
            trimmer.to(settings.maxSize());
            admission.adapt();
        }
    }

    @Override
    public PoolMetrics metrics() {
        StackRoom.require(STACK_KILOBYTES);
        return counters.snapshot(pool.getNumIdle(), settings.maxSize(), admission);
    }

    /** Returns whether the pool, which is closed, has no borrower, so that its metrics no longer change. */
    boolean isDrained() {
        StackRoom.require(STACK_KILOBYTES);
        return !admission.isOccupied() && metrics().isDrained();
    }

    @Override
    public void close() {
        StackRoom.require(STACK_KILOBYTES);
        if (admission.close()) {
            closed = true;
            pool.close();
            onClose.accept(this);
        }
    }
}

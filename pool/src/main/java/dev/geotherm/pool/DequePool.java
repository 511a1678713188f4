package dev.geotherm.pool;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool: its places, and the calls of the allocator between taking a place and filling or freeing it.
 *
 * <p>The thread that has a place in transit calls the allocator, and does so without the lock, which is inside of
 * {@link Places}.
 */
final class DequePool<T> implements ObjectPool<T> {
    private static final Logger log = LoggerFactory.getLogger(DequePool.class);

    private final String name;
    private final GuardedAllocator<T> allocator;
    private final Supplier<DequePoolsSettings> settings;
    private final ReferenceQueue<Object> lost;
    private final Consumer<DequePool<?>> whenClosed;
    private final Places<T> places;

    DequePool(
            String name,
            Allocator<T> allocator,
            Supplier<DequePoolsSettings> settings,
            ReferenceQueue<Object> lost,
            Consumer<DequePool<?>> whenClosed) {
        this.name = name;
        this.allocator = new GuardedAllocator<>(name, allocator);
        this.settings = settings;
        this.lost = lost;
        this.whenClosed = whenClosed;
        this.places = new Places<>(name, settings);
    }

    @Override
    public String name() {
        return name;
    }

    /** Makes as many objects in advance as the settings say, while that is allowed; gives up at the first that fails. */
    void prepare(BooleanSupplier allowed) {
        for (int i = settings.get().initialSize(); i > 0 && allowed.getAsBoolean() && places.takeForStock(); i--) {
            Pooled<T> made;
            try {
                made = make();
            } catch (AllocationException failed) {
                log.warn("{}; no more objects are made in advance", failed.getMessage(), failed);
                return;
            }
            places.madeForStock();
            keepOrGiveUp(made);
        }
    }

    @Override
    public T acquire() {
        return take().object();
    }

    @Override
    public Lease<T> lease() {
        return new DequeLease<>(this, take());
    }

    private Held<T> take() {
        Pooled<T> candidate = places.take();
        while (candidate != null) {
            T object = candidate.object();
            if (allocator.validate(object)) {
                return places.handOut(candidate, object, true);
            }
            allocator.deallocate(object);
            candidate = places.replace(candidate);
        }
        Pooled<T> made = make();
        return places.handOut(made, made.object(), false);
    }

    /** Allocates an object in a place in transit; when that fails, the place is free again. */
    private Pooled<T> make() {
        try {
            T object = allocator.allocate();
            Pooled<T> made = new Pooled<>(object, allocator.sizeInBytes(object), this, lost);
            places.allocated(made, object);
            return made;
        } catch (Throwable failed) {
            places.allocationFailed();
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else if (failed instanceof VirtualMachineError error) {
                throw error;
            }
            throw new AllocationException(name, failed);
        }
    }

    @Override
    public void release(T object) {
        keepOrGiveUp(places.takeBack(requireNonNull(object, "object"), null));
    }

    /** Releases what was handed out in one turn: refused when the object was released and handed out again since. */
    void release(Held<T> held) {
        keepOrGiveUp(places.takeBack(held.object(), held));
    }

    @Override
    public void discard(T object) {
        giveUp(places.takeBack(requireNonNull(object, "object"), null));
    }

    private void keepOrGiveUp(Pooled<T> pooled) {
        if (places.isSurplus() || !reset(pooled) || !places.keep(pooled)) {
            giveUp(pooled);
        }
    }

    private boolean reset(Pooled<T> pooled) {
        if (!pooled.served() || allocator.reset(pooled.object())) {
            return true;
        }
        places.resetFailed();
        return false;
    }

    /** Deallocates an object in transit and frees its place, in this order, so that the bound holds throughout. */
    private void giveUp(Pooled<T> pooled) {
        allocator.deallocate(pooled.object());
        places.deallocated(pooled);
    }

    private int giveUp(List<Pooled<T>> surplus) {
        surplus.forEach(this::giveUp);
        return surplus.size();
    }

    @Override
    public int cleanUp() {
        return giveUp(places.takeUndemanded());
    }

    int relieve() {
        return giveUp(places.takeUnderPressure());
    }

    /** Puts changed settings in force. */
    void adapt() {
        giveUp(places.adapt());
    }

    /** Takes note that the holder of an object lost it. */
    void abandoned(Pooled<T> pooled) {
        if (places.abandoned(pooled)) {
            log.warn(
                    "pool {}: an object was lost by its holder, who must release or discard it; its place is free",
                    name);
        }
    }

    @Override
    public PoolMetrics metrics() {
        return places.metrics();
    }

    @Override
    public void close() {
        List<Pooled<T>> idle = places.close();
        if (idle != null) {
            giveUp(idle);
            whenClosed.accept(this);
        }
    }
}

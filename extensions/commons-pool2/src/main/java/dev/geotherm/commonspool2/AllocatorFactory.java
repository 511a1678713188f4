package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.PooledObjectState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An adapter from an allocator to a Commons Pool factory. It isolates their failures from each other and counts the objects.
 */
final class AllocatorFactory<T> implements PooledObjectFactory<T> {
    private static final Logger LOG = LoggerFactory.getLogger(CommonsPools.class);

    private final String pool;
    private final Allocator<T> allocator;
    private final IntSupplier bound;
    private final PoolCounters counters;
    private final IdentityIndex<T, HeldObject<T>> index = new IdentityIndex<>();

    /** Whether a failure that reaches no caller was logged. One line is enough for an allocator that always fails. */
    private final AtomicBoolean logged = new AtomicBoolean();

    /** The number of objects that are not marked for destruction. */
    private final AtomicInteger kept = new AtomicInteger();

    AllocatorFactory(String pool, Allocator<T> allocator, IntSupplier bound, PoolCounters counters) {
        this.pool = pool;
        this.allocator = allocator;
        this.bound = bound;
        this.counters = counters;
    }

    @Nullable
    HeldObject<T> find(T object) {
        return index.find(object);
    }

    @Override
    public PooledObject<T> makeObject() {
        try {
            T object = allocator.allocate();
            if (object == null) {
                throw new NullPointerException("the allocator returned null");
            }
            HeldObject<T> held = new HeldObject<>(object, sizeInBytes(object));
            if (!index.add(held)) {
                throw new IllegalStateException("the allocator returned an object that this pool already has");
            }
            kept.incrementAndGet();
            return held;
        } catch (Throwable failed) {
            counters.failures.increment();
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else if (failed instanceof VirtualMachineError error) {
                throw error;
            }
            throw new AllocationException(pool, failed);
        }
    }

    private long sizeInBytes(T object) {
        try {
            return Math.max(0, allocator.sizeInBytes(object));
        } catch (Exception failed) {
            report("measure", failed);
            return 0;
        }
    }

    /** Does nothing: passivation has already reset the object. */
    @Override
    public void activateObject(PooledObject<T> pooled) {}

    /** Called before an object is borrowed, and again when it is returned. */
    @Override
    public boolean validateObject(PooledObject<T> pooled) {
        HeldObject<T> held = (HeldObject<T>) pooled;
        if (held.getState() == PooledObjectState.RETURNING) {
            return !held.spoilt() && !isSurplus(held);
        }
        return isNew(held) || isValid(held.object());
    }

    private static boolean isNew(HeldObject<?> held) {
        return !held.served() && !held.preallocated();
    }

    private boolean isValid(T object) {
        try {
            return allocator.validate(object);
        } catch (Throwable failed) {
            counters.failures.increment();
            report("validate", failed);
            return false;
        }
    }

    /**
     * Returns whether a returned object exceeds the bound. Of several returned objects, no more than necessary do.
     */
    private boolean isSurplus(HeldObject<T> held) {
        int most = bound.getAsInt();
        for (int now = kept.get(); now > most; now = kept.get()) {
            if (kept.compareAndSet(now, now - 1)) {
                held.spoil();
                return true;
            }
        }
        return false;
    }

    /** Marks an object for destruction on its return. */
    void spoil(HeldObject<T> held) {
        kept.decrementAndGet();
        held.spoil();
    }

    /** Resets a returned object; an object that was never borrowed is recorded as preallocated. */
    @Override
    public void passivateObject(PooledObject<T> pooled) throws Exception {
        HeldObject<T> held = (HeldObject<T>) pooled;
        if (!held.served()) {
            held.markPreallocated();
            counters.preallocated.increment();
            return;
        }
        try {
            allocator.reset(held.object());
        } catch (Throwable failed) {
            counters.failures.increment();
            report("reset", failed);
            throw new IllegalStateException("the object could not be reset", failed);
        }
    }

    @Override
    public void destroyObject(PooledObject<T> pooled) {
        HeldObject<T> held = (HeldObject<T>) pooled;
        index.remove(held);
        if (!held.spoilt()) {
            kept.decrementAndGet();
        }
        counters.discarded.increment();
        try {
            allocator.deallocate(held.object());
        } catch (Throwable failed) {
            report("deallocate", failed);
        }
    }

    private void report(String call, Throwable failed) {
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        try {
            if (logged.compareAndSet(false, true)) {
                LOG.warn(
                        "pool {}: the allocator failed to {} an object; this is logged once for the pool",
                        pool,
                        call,
                        failed);
            }
        } catch (Throwable unlogged) { // such as too little memory for logging
        }
    }
}

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

/** An allocator as Commons Pool's factory, which keeps the failures of one from the other and counts the objects. */
final class AllocatorFactory<T> implements PooledObjectFactory<T> {
    private static final Logger log = LoggerFactory.getLogger(CommonsPools.class);

    private final String pool;
    private final Allocator<T> allocator;
    private final IntSupplier bound;
    private final Figures figures;
    private final Identities<T, Held<T>> identities = new Identities<>();

    /** Whether a failure that no caller learns of was logged; of an allocator that always fails, one line is enough. */
    private final AtomicBoolean logged = new AtomicBoolean();

    /** Objects that there are and are not spoilt. */
    private final AtomicInteger kept = new AtomicInteger();

    AllocatorFactory(String pool, Allocator<T> allocator, IntSupplier bound, Figures figures) {
        this.pool = pool;
        this.allocator = allocator;
        this.bound = bound;
        this.figures = figures;
    }

    @Nullable
    Held<T> find(T object) {
        return identities.find(object);
    }

    @Override
    public PooledObject<T> makeObject() {
        try {
            T object = allocator.allocate();
            if (object == null) {
                throw new NullPointerException("the allocator returned null");
            }
            Held<T> held = new Held<>(object, sizeInBytes(object));
            if (!identities.add(held)) {
                throw new IllegalStateException("the allocator returned an object that this pool already has");
            }
            kept.incrementAndGet();
            return held;
        } catch (Throwable failed) {
            figures.failures.increment();
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

    /** Does nothing: an object is as good as new since it was passivated. */
    @Override
    public void activateObject(PooledObject<T> pooled) {}

    /** Asked before an object is handed out, and once more when it comes back. */
    @Override
    public boolean validateObject(PooledObject<T> pooled) {
        Held<T> held = (Held<T>) pooled;
        if (held.getState() == PooledObjectState.RETURNING) {
            return !held.spoilt() && !isSurplus(held);
        }
        return isNew(held) || isValid(held.object());
    }

    private static boolean isNew(Held<?> held) {
        return !held.served() && !held.prepared();
    }

    private boolean isValid(T object) {
        try {
            return allocator.validate(object);
        } catch (Throwable failed) {
            figures.failures.increment();
            report("validate", failed);
            return false;
        }
    }

    /** Decides whether an object that comes back is one too many; of several that do, no more than that are. */
    private boolean isSurplus(Held<T> held) {
        int most = bound.getAsInt();
        for (int now = kept.get(); now > most; now = kept.get()) {
            if (kept.compareAndSet(now, now - 1)) {
                held.spoil();
                return true;
            }
        }
        return false;
    }

    /** Has an object destroyed when it comes back. */
    void spoil(Held<T> held) {
        kept.decrementAndGet();
        held.spoil();
    }

    /** Resets an object that comes back; of one that nobody had yet, takes note that it was made in advance. */
    @Override
    public void passivateObject(PooledObject<T> pooled) throws Exception {
        Held<T> held = (Held<T>) pooled;
        if (!held.served()) {
            held.markPrepared();
            figures.prepared.increment();
            return;
        }
        try {
            allocator.reset(held.object());
        } catch (Throwable failed) {
            figures.failures.increment();
            report("reset", failed);
            throw new IllegalStateException("the object is not as new", failed);
        }
    }

    @Override
    public void destroyObject(PooledObject<T> pooled) {
        Held<T> held = (Held<T>) pooled;
        identities.remove(held);
        if (!held.spoilt()) {
            kept.decrementAndGet();
        }
        figures.discarded.increment();
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
        if (logged.compareAndSet(false, true)) {
            log.warn(
                    "pool {}: the allocator failed to {} an object; this is logged once for the pool",
                    pool,
                    call,
                    failed);
        }
    }
}

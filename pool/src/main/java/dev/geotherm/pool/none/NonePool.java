package dev.geotherm.pool.none;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.PoolSlot;
import dev.geotherm.api.pool.Poolable;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.pool.allocator.GuardedAllocator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool without idle objects: acquiring allocates, releasing deallocates. */
final class NonePool<T> implements ObjectPool<T> {
    private static final Logger LOG = LoggerFactory.getLogger(NonePools.class);

    /** The slot of an object that only its lease can release. */
    private static final PoolSlot OF_A_LEASE = new PoolSlot() {};

    private final String name;
    private final GuardedAllocator<T> allocator;
    private volatile NonePoolsSettings settings;
    private final Consumer<NonePool<?>> onClose;
    private final Admission admission;
    private final BorrowedObjects<T> held = new BorrowedObjects<>();

    private final LongAdder created = new LongAdder();
    private final LongAdder returned = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder pressureEvents = new LongAdder();
    private final AtomicBoolean misuseLogged = new AtomicBoolean();

    NonePool(String name, Allocator<T> allocator, NonePoolsSettings settings, Consumer<NonePool<?>> onClose) {
        this.name = name;
        this.allocator = new GuardedAllocator<>(name, allocator, failures);
        this.settings = settings;
        this.onClose = onClose;
        this.admission = new Admission(name, () -> this.settings);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public T acquire() {
        T object = make();
        if (object instanceof Poolable poolable) {
            poolable.slot(new NoneSlot(this, object));
        } else {
            held.add(object);
        }
        return object;
    }

    @Override
    public Lease<T> lease() {
        return new NoneLease<>(this, makeForLease());
    }

    @Override
    public <R> R use(Function<? super T, ? extends R> function) {
        requireNonNull(function, "function");
        T object = makeForLease();
        try {
            return function.apply(object);
        } finally {
            end(object);
        }
    }

    @Override
    public void run(Consumer<? super T> consumer) {
        requireNonNull(consumer, "consumer");
        T object = makeForLease();
        try {
            consumer.accept(object);
        } finally {
            end(object);
        }
    }

    private T makeForLease() {
        T object = make();
        if (object instanceof Poolable poolable) {
            poolable.slot(OF_A_LEASE);
        }
        return object;
    }

    private T make() {
        admission.enter();
        T object;
        try {
            object = allocator.allocate();
        } catch (Throwable failed) {
            failures.increment();
            admission.leave();
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else if (failed instanceof VirtualMachineError error) {
                throw error;
            }
            throw new AllocationException(name, failed);
        }
        created.increment();
        admission.served();
        return object;
    }

    @Override
    public void release(T object) {
        requireNonNull(object, "object");
        boolean ours = object instanceof Poolable poolable
                ? poolable.slot() instanceof NoneSlot slot && slot.takeBack(this, object)
                : held.remove(object);
        if (ours) {
            end(object);
        } else {
            refuse(object);
        }
    }

    @Override
    public void discard(T object) {
        release(object); // nothing is kept either way
    }

    /** Takes back an object that is no longer acquired. */
    void end(T object) {
        allocator.deallocate(object);
        returned.increment();
        admission.leave();
    }

    private void refuse(T object) {
        refused.increment();
        PoolMisuseException refusal = new PoolMisuseException(
                "pool " + name + ": this "
                        + object.getClass().getName()
                        + (object instanceof Poolable poolable && poolable.slot() == OF_A_LEASE
                                ? " is or was held by a lease, which alone releases it: close or discard the lease"
                                : " is not in use here: it was released before, is held by a lease, or is of another pool or none"));
        if (settings.whenMisused() == WhenMisused.REFUSE) {
            throw refusal;
        }
        if (misuseLogged.compareAndSet(false, true)) {
            LOG.warn("an object was released that is not in use; this is logged once for each pool", refusal);
        }
    }

    @Override
    public int cleanUp() {
        return 0;
    }

    void trim() {
        pressureEvents.increment();
    }

    /** Puts changed settings in force. */
    void adapt(NonePoolsSettings changed) {
        settings = changed;
        admission.serve();
    }

    @Override
    public PoolMetrics metrics() {
        long back = returned.sum(); // read first: nothing is released before it is created
        long out = created.sum();
        return new PoolMetrics(
                out,
                0,
                0,
                0,
                back,
                back,
                0,
                (int) (out - back),
                admission.peak(),
                settings.maxSize(),
                admission.waits(),
                admission.waitTime(),
                refused.sum(),
                0,
                failures.sum(),
                pressureEvents.sum(),
                0);
    }

    @Override
    public void close() {
        if (admission.close()) {
            onClose.accept(this);
        }
    }
}

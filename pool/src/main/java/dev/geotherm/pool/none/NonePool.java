package dev.geotherm.pool.none;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.Poolable;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.pool.allocator.GuardedAllocator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool without idle objects: acquiring allocates, releasing deallocates. */
final class NonePool<T> implements ObjectPool<T> {
    private static final Logger LOG = LoggerFactory.getLogger(NonePools.class);

    private final String name;
    private final GuardedAllocator<T> allocator;
    private volatile NonePoolsSettings settings;
    private final Consumer<NonePool<?>> onClose;
    private final Admission admission;
    private final Loans loans = new Loans();

    private final LongAdder created = new LongAdder();
    private final LongAdder leaked = new LongAdder();
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
        return lend(false).object();
    }

    @Override
    public Lease<T> lease() {
        LoanedObject<T> loaned = lend(true);
        return new NoneLease<>(this, loaned.loan(), loaned.object());
    }

    @Override
    public <R> R use(Function<? super T, ? extends R> function) {
        requireNonNull(function, "function");
        try (Lease<T> lease = lease()) {
            return function.apply(lease.get());
        }
    }

    @Override
    public void run(Consumer<? super T> consumer) {
        requireNonNull(consumer, "consumer");
        try (Lease<T> lease = lease()) {
            consumer.accept(lease.get());
        }
    }

    /** An object and its loan. */
    private record LoanedObject<T>(Loan loan, T object) {}

    private LoanedObject<T> lend(boolean byLease) {
        boolean admitted = false;
        T object = null;
        Loan loan = null;
        try {
            admission.enter();
            admitted = true;
            object = allocate();
            loan = loans.make(this, object, byLease);
            loans.add(loan);
            if (object instanceof Poolable poolable) {
                poolable.slot(loan);
            }
            LoanedObject<T> loaned = new LoanedObject<>(loan, object);
            admission.served();
            created.increment();
            return loaned;
        } catch (Throwable failed) { // without a call: no stack may be left
            if (loan != null) {
                loan.over = true;
            }
            if (admitted) {
                synchronized (admission) {
                    admission.departedInside++;
                }
                try {
                    if (object != null) {
                        allocator.deallocate(object);
                    }
                    admission.serveAny();
                } catch (Throwable unserved) { // waiters check by themselves
                }
            }
            throw failed;
        }
    }

    private T allocate() {
        try {
            return allocator.allocate();
        } catch (Throwable failed) {
            failures.increment();
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
        Loan loan = loanOf(requireNonNull(object, "object"));
        if (loan == null || loan.isByLease() || !end(loan, object)) {
            refuse(object);
        }
    }

    private @Nullable Loan loanOf(T object) {
        if (object instanceof Poolable poolable) {
            return poolable.slot() instanceof Loan loan && loan.isOf(this, object) ? loan : null;
        }
        return loans.find(object);
    }

    @Override
    public void discard(T object) {
        release(object); // the object is deallocated in both cases
    }

    /**
     * Ends a loan and deallocates its object; returns false if it had already ended. If it throws, because too little
     * stack is left, it has no effect.
     */
    boolean end(Loan loan, T object) {
        if (!loan.end()) {
            return false;
        }
        try {
            allocator.deallocate(object);
            loans.remove(loan);
        } catch (Throwable unfinished) { // the object is left to the collector, which also removes the loan
        }
        try {
            admission.leave();
        } catch (Throwable notLeft) { // without a call
            synchronized (admission) {
                admission.departedInside++;
                admission.departedWithObject++;
            }
        }
        return true;
    }

    /**
     * Ends the loans of leaked objects. Only the scheduler calls it, because an error must not interrupt the processing
     * of the reference queue.
     */
    void endLeaked() {
        int count = loans.endLeaked();
        if (count > 0) {
            admission.leaveLeaked(count);
            leaked.add(count);
            LOG.warn(
                    "pool {}: {} objects leaked: their borrowers dropped them without release; their capacity is free again",
                    name,
                    count);
        }
    }

    private void refuse(T object) {
        refused.increment();
        PoolMisuseException refusal = new PoolMisuseException(
                "pool " + name + ": this "
                        + object.getClass().getName()
                        + (object instanceof Poolable poolable
                                        && poolable.slot() instanceof Loan loan
                                        && loan.isByLease()
                                ? " belongs to a lease: close or discard the lease instead"
                                : " is not in use here: it was already released, is held by a lease, or does not belong to this pool"));
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

    /** Returns whether the pool, which is closed, has no borrower, so that its metrics no longer change. */
    boolean isDrained() {
        return !admission.isOccupied() && metrics().isDrained();
    }

    /** Applies changed settings. */
    void adapt(NonePoolsSettings changed) {
        settings = changed;
        admission.serve();
    }

    @Override
    public PoolMetrics metrics() {
        long back = admission.left(); // read first: an object cannot be released before it is created
        long lost = leaked.sum();
        long out = created.sum();
        return MetricsBuilder.of(PoolMetrics.class)
                .set("created", out)
                .set("released", back)
                .set("discarded", back)
                .set("inUse", out - back - lost)
                .set("peak", admission.peak())
                .set("maxSize", settings.maxSize())
                .set("waits", admission.waits())
                .set("waitTime", admission.waitTime())
                .set("refused", refused.sum())
                .set("leaked", lost)
                .set("failures", failures.sum())
                .set("pressureEvents", pressureEvents.sum())
                .build();
    }

    @Override
    public void close() {
        if (admission.close()) {
            onClose.accept(this);
        }
    }
}

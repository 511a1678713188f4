package dev.geotherm.pool.striped;

import static dev.geotherm.pool.striped.SlotState.HELD;
import static dev.geotherm.pool.striped.SlotState.LEASED;
import static java.util.Objects.requireNonNull;

import dev.geotherm.api.FailureLog;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.Poolable;
import dev.geotherm.pool.allocator.GuardedAllocator;
import java.lang.ref.ReferenceQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool in which objects stay in their slots. A claim is one compare-and-set on the slot that the thread's stripe used
 * last; a release is one store.
 *
 * <p>If the stripe has no idle object, {@link SlotSearch} finds one.
 */
final class StripedPool<T> implements ObjectPool<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);

    private final String name;
    private final GuardedAllocator<T> allocator;
    private volatile StripedPoolsSettings settings;
    private final ReferenceQueue<Object> cleared;
    private final Consumer<StripedPool<?>> onClose;

    private final Stripes<T> stripes = new Stripes<>();
    private final IdentityIndex<T> index = new IdentityIndex<>();
    private final WaitQueue<T> waitQueue = new WaitQueue<>();
    private final Inventory<T> inventory;
    private final SlotFactory<T> slotFactory;
    private final Handoff<T> handoff;
    private final ReleaseHandler<T> releases;
    private final SlotSearch<T> search;
    private final Sweeper<T> sweeper;
    private final LeakDetector<T> leakDetector;
    private final MisuseHandler misuse;
    private final FailureLog preallocations;

    /** Whether only one of several simultaneous releases of an object may succeed. */
    private boolean exact;

    /** A bit mask: claims with none of these bits in their number are sampled. */
    private long sampling;

    StripedPool(
            String name,
            Allocator<T> allocator,
            StripedPoolsSettings settings,
            ReferenceQueue<Object> cleared,
            LongSupplier nanos,
            Consumer<StripedPool<?>> onClose) {
        this.name = name;
        this.settings = settings;
        this.cleared = cleared;
        this.onClose = onClose;
        Supplier<StripedPoolsSettings> inForce = () -> this.settings;
        this.inventory = new Inventory<>(inForce, waitQueue);
        this.allocator = new GuardedAllocator<>(name, allocator, inventory.counters().failures);
        this.slotFactory = new SlotFactory<>(this, this.allocator, inventory, index);
        this.handoff = new Handoff<>(waitQueue, inventory);
        this.releases = new ReleaseHandler<>(this.allocator, inventory, slotFactory, handoff);
        this.search = new SlotSearch<>(name, inForce, this.allocator, inventory, slotFactory, handoff);
        this.sweeper = new Sweeper<>(inventory, slotFactory, inForce, nanos, !this.allocator.disposes());
        this.leakDetector = new LeakDetector<>(name, slotFactory);
        this.misuse = new MisuseHandler(name, inForce, inventory.counters());
        this.preallocations = new FailureLog("pool " + name + ": no more objects are preallocated", LOG::warn);
        readSettings();
    }

    private void readSettings() {
        exact = settings.exactReturns();
        sampling = SlotState.claimBits(settings.samplingMask());
    }

    @Override
    public String name() {
        return name;
    }

    /** Returns the queue of slots that the collector cleared. */
    ReferenceQueue<Object> cleared() {
        return cleared;
    }

    @Override
    public T acquire() {
        Slot<T> slot = stripes.last();
        T object = slot == null ? null : slot.kept; // before the claim, so that a claimed object is already referenced
        if (slot == null || object == null || !slot.tryClaim(HELD)) {
            return acquireOther(null, null);
        }
        return isUsual(slot, object) ? object : acquireOther(slot, object);
    }

    /** Acquires an object by a search, or completes an unusual claim of the given slot. */
    private T acquireOther(@Nullable Slot<T> claimed, @Nullable T object) {
        Slot<T> slot = null;
        try {
            slot = claimed == null || object == null ? search.claim() : settled(claimed, object);
            return lent(slot, HELD);
        } catch (Throwable failed) { // without a call: see Inventory
            if (slot != null) {
                slot.orphaned = true;
            }
            throw failed;
        }
    }

    @Override
    public Lease<T> lease() {
        Slot<T> slot = stripes.last();
        T object = slot == null ? null : slot.kept; // as above
        Slot<T> other = null;
        try {
            if (slot == null || object == null || !slot.tryClaim(LEASED)) {
                other = search.claim();
                object = lent(other, LEASED);
                slot = other;
            } else if (!isUsual(slot, object)) {
                other = settled(slot, object);
                object = lent(other, LEASED);
                slot = other;
            }
        } catch (Throwable failed) { // as above
            if (other != null) {
                other.orphaned = true;
            }
            throw failed;
        }
        return new StripedLease<>(this, slot, slot.claim(), object);
    }

    /** Lends an object that the pool owns to the caller. If it fails, the pool still owns the object. */
    private T lent(Slot<T> slot, long kind) {
        T object = requireNonNull(slot.object());
        stripes.last(slot);
        if (isSampled(slot)) {
            slot.borrower = new Borrower(name, slot.claim(kind));
        }
        slot.lend(kind); // the last call
        return object;
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

    /** Returns whether an object that was just claimed can be lent immediately. */
    private boolean isUsual(Slot<T> slot, T object) {
        return !isSampled(slot) && allocator.validate(object);
    }

    private boolean isSampled(Slot<T> slot) {
        return (slot.claim() & sampling) == 0;
    }

    /**
     * Completes an unusual claim: the object is sampled, or is invalid and replaced. The pool owns the returned slot.
     */
    private Slot<T> settled(Slot<T> slot, T object) {
        boolean owned = false;
        try {
            owned = slot.own(slot.claim());
            if (!owned) { // another thread discarded it by mistake
                return search.claim();
            }
            slot.keep(object);
            return isSampled(slot) ? search.validated(slot) : search.replaced(slot);
        } catch (Throwable failed) { // as above
            if (owned) {
                slot.orphaned = true;
            }
            throw failed;
        }
    }

    @Override
    public void release(T object) {
        Slot<T> slot = slotOf(requireNonNull(object, "object"));
        if (slot == null) {
            misuse.refuse(object, null);
            return;
        }
        long claim = slot.claim();
        if (!slot.isAcquired(claim)) {
            misuse.refuse(object, slot);
        } else {
            takeBack(slot, claim, object);
        }
    }

    /** Returns the slot of the object if it belongs to this pool, or null. */
    @Nullable
    Slot<T> slotOf(T object) {
        return object instanceof Poolable poolable ? Slot.of(poolable, this) : index.find(object);
    }

    /** Ends a lease; does nothing if its claim is no longer current. */
    void endLease(Slot<T> slot, long claim, T object) {
        if (slot.isHeld(claim)) {
            takeBack(slot, claim, object);
        }
    }

    /** Ends a lease and drops its object; does nothing if its claim is no longer current. */
    void discardLease(Slot<T> slot, long claim, T object) {
        if (slot.isHeld(claim) && slot.keeps(object)) {
            releases.end(slot, claim, object, false, false);
        }
    }

    private void takeBack(Slot<T> slot, long claim, T object) {
        if (!slot.keeps(object)) {
            refuse(slot, claim, object);
        } else if (exact) {
            if (!releases.end(slot, claim, object, true, true)) {
                refuse(slot, claim, object);
            }
        } else if (!allocator.reset(object)) {
            releases.end(slot, claim, object, false, false);
        } else if (waitQueue.any()) {
            if (!releases.end(slot, claim, object, false, true)) {
                refuse(slot, claim, object);
            }
        } else {
            slot.release(claim);
            if (slot.hasPendingWork() || waitQueue.any()) {
                releases.completeRelease(slot, object);
            }
        }
    }

    /**
     * Refuses a release because another thread has released the same claim. For a lease this is not misuse, because it
     * has ended only once.
     */
    private void refuse(Slot<T> slot, long claim, T object) {
        if (!SlotState.isLeased(claim)) {
            misuse.refuse(object, slot);
        }
    }

    @Override
    public void discard(T object) {
        Slot<T> slot = slotOf(requireNonNull(object, "object"));
        if (slot == null) {
            misuse.refuse(object, null);
            return;
        }
        long claim = slot.claim();
        if (!slot.isAcquired(claim) || !slot.keeps(object) || !releases.end(slot, claim, object, false, false)) {
            misuse.refuse(object, slot);
        }
    }

    /** Processes a slot that the collector cleared; for the housekeeper, which calls it again if it fails. */
    void collected(Slot<T> slot) {
        leakDetector.collected(slot);
    }

    /** Repairs, and weakens the references to objects in use, so that leaks are detected. */
    void weakenReferences() {
        repair();
        sweeper.weaken();
    }

    /** Refers softly to all idle objects, because the heap is filling up. */
    void soften() {
        sweeper.soften(true);
    }

    /** Sweeps: repairs, weakens references, drops old objects, measures demand. */
    void sweep() {
        sweeper.begin();
        repair();
        sweeper.weaken();
        sweeper.soften(false);
        sweeper.expire();
        sweeper.measure();
    }

    /** Completes operations that an error has interrupted. */
    private void repair() {
        sweeper.repair();
        waitQueue.repair();
        if (inventory.isClosed()) {
            close();
        }
    }

    @Override
    public int cleanUp() {
        repair();
        sweeper.measure();
        return sweeper.expire() + sweeper.fit();
    }

    /** Returns the number of objects kept when demand falls. */
    int minSize() {
        return settings.minSize();
    }

    /**
     * Deallocates all idle objects, and until {@link #recover} keeps no more objects than are in use; returns the
     * number of deallocated objects.
     */
    int trim() {
        inventory.beginTrim();
        return sweeper.dropIdle();
    }

    /** Preallocates one object if there are fewer than wanted; returns whether it did. */
    boolean preallocate(int wanted) {
        Reservation<T> reservation = null;
        try {
            reservation = inventory.reserveInAdvance(wanted);
            if (reservation == null) {
                return false;
            }
            slotFactory.preallocate(reservation);
        } catch (Throwable failed) { // as above
            if (reservation != null) {
                reservation.orphaned = true;
            }
            throw failed;
        }
        if (waitQueue.any()) {
            handoff.serveWaiters();
        }
        return true;
    }

    /** Returns the log of preallocations. */
    FailureLog preallocations() {
        return preallocations;
    }

    void recover() {
        inventory.endTrim();
        handoff.serveWaiters();
    }

    /** Drops objects that were released while the pool was being closed; returns whether none is left. */
    boolean isEmptied() {
        sweeper.repair();
        sweeper.weaken();
        sweeper.trim(0);
        return inventory.size() == 0;
    }

    /** Returns whether the pool, which is closed, has no object and allocates none, so that its metrics no longer change. */
    boolean isDrained() {
        return inventory.size() == 0 && metrics().isDrained();
    }

    /** Applies changed settings. */
    void adapt(StripedPoolsSettings changed) {
        settings = changed;
        readSettings();
        inventory.adapt();
        sweeper.trim(settings.maxSize());
    }

    @Override
    public PoolMetrics metrics() {
        return inventory.metrics();
    }

    @Override
    public void close() {
        inventory.close();
        waitQueue.wakeAll();
        sweeper.trim(0);
        onClose.accept(this);
    }
}

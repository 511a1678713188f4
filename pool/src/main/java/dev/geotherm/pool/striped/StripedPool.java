package dev.geotherm.pool.striped;

import static dev.geotherm.pool.striped.SlotState.HELD;
import static dev.geotherm.pool.striped.SlotState.LEASED;
import static java.util.Objects.requireNonNull;

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

/**
 * A pool with objects that stay in their slots: a claim is one compare-and-set on the slot that the thread's stripe used
 * last, a release is one store.
 *
 * <p>If the stripe has no idle object, {@link SlotSearch} finds one.
 */
final class StripedPool<T> implements ObjectPool<T> {
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
    private final SlotSearch<T> search;
    private final Sweeper<T> sweeper;
    private final LeakDetector<T> leakDetector;
    private final MisuseHandler misuse;

    /** Whether only one of several threads that release an object at the same moment may succeed. */
    private boolean exact;

    /** Which claims are sampled: those that have none of these bits. */
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
        this.search = new SlotSearch<>(name, inForce, this.allocator, inventory, slotFactory, handoff);
        this.sweeper = new Sweeper<>(inventory, slotFactory, inForce, nanos, !this.allocator.disposes());
        this.leakDetector = new LeakDetector<>(name, slotFactory);
        this.misuse = new MisuseHandler(name, inForce, inventory.counters());
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
        T object = slot == null ? null : slot.kept; // before the claim: what is claimed is in hand already
        if (slot == null || object == null || !slot.tryClaim(HELD)) {
            return lent(found(), HELD);
        }
        return isUsual(slot, object) ? object : lent(settled(slot, object), HELD);
    }

    @Override
    public Lease<T> lease() {
        Slot<T> slot = stripes.last();
        T object = slot == null ? null : slot.kept; // as above
        if (slot == null || object == null || !slot.tryClaim(LEASED)) {
            slot = found();
            object = lent(slot, LEASED);
        } else if (!isUsual(slot, object)) {
            slot = settled(slot, object);
            object = lent(slot, LEASED);
        }
        return new StripedLease<>(this, slot, slot.claim(), object);
    }

    /** Lends an object that the pool owns to the caller. */
    private T lent(Slot<T> slot, long kind) {
        T object = requireNonNull(slot.object());
        slot.lend(kind);
        stripes.last(slot);
        if (isSampled(slot)) {
            remember(slot);
        }
        return object;
    }

    /** Keeps the caller's stack for the report of a leak; a method of its own, because acquire must stay small to be inlined. */
    private void remember(Slot<T> slot) {
        slot.borrower = new Borrower(name, slot.claim());
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

    /** Returns whether an object that was just claimed can be lent at once. */
    private boolean isUsual(Slot<T> slot, T object) {
        return !isSampled(slot) && allocator.validate(object);
    }

    private boolean isSampled(Slot<T> slot) {
        return (slot.claim() & sampling) == 0;
    }

    /** Completes an unusual claim: the object is sampled, or is not valid and is replaced. */
    private Slot<T> settled(Slot<T> slot, T object) {
        if (!slot.own(slot.claim())) { // another thread discarded it wrongly
            return found();
        }
        slot.keep(object);
        return isSampled(slot) ? search.validated(slot) : search.replaced(slot);
    }

    private Slot<T> found() {
        return search.claim();
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

    /** Returns the slot in which the object is if it is of this pool, or null. */
    @Nullable
    Slot<T> slotOf(T object) {
        return object instanceof Poolable poolable ? Slot.of(poolable, this) : index.find(object);
    }

    /** Ends a lease; does nothing if its claim is no longer in force. */
    void endLease(Slot<T> slot, long claim, T object) {
        if (slot.isHeld(claim)) {
            takeBack(slot, claim, object);
        }
    }

    /** Ends a lease and drops its object; does nothing if its claim is no longer in force. */
    void discardLease(Slot<T> slot, long claim, T object) {
        if (slot.isHeld(claim) && slot.keeps(object) && slot.own(claim)) {
            drop(slot, object);
        }
    }

    private void takeBack(Slot<T> slot, long claim, T object) {
        if (!slot.keeps(object)) {
            refuse(slot, claim, object);
        } else if (exact) {
            takeBackExactly(slot, claim, object);
        } else if (!allocator.reset(object)) {
            resetFailed(slot, claim, object);
        } else if (waitQueue.any()) {
            passOnExactly(slot, claim, object);
        } else {
            slot.giveBack(claim);
            if (slot.needsCare() || waitQueue.any()) {
                takeCare(slot, object);
            }
        }
    }

    /** Takes an object back so that only one of several threads that release it at the same moment succeeds. */
    private void takeBackExactly(Slot<T> slot, long claim, T object) {
        if (!slot.own(claim)) {
            refuse(slot, claim, object);
        } else if (allocator.reset(object)) {
            passOn(slot, object);
        } else {
            drop(slot, object);
        }
    }

    private void passOnExactly(Slot<T> slot, long claim, T object) {
        if (slot.own(claim)) {
            passOn(slot, object);
        } else {
            refuse(slot, claim, object);
        }
    }

    /** Refuses a release because another thread released the same claim; for a lease that is no misuse, it ended once. */
    private void refuse(Slot<T> slot, long claim, T object) {
        if (!SlotState.isLeased(claim)) {
            misuse.refuse(object, slot);
        }
    }

    /** Does what is left to do after an object became idle. */
    private void takeCare(Slot<T> slot, T object) {
        slot.keepAgain(object);
        if (slot.isSurplus() && slot.tryOwn()) {
            slot.countIdleClaim();
            passOn(slot, object);
        } else {
            slot.hintIdle();
        }
        if (waitQueue.any()) {
            handoff.serveIdle();
        }
    }

    /** Passes an object that the pool owns to a waiter, makes it idle, or drops it if it is beyond the bound. */
    private void passOn(Slot<T> slot, T object) {
        if (slot.isSurplus() && inventory.isSurplus(slot)) {
            drop(slot, object);
        } else {
            slot.keepAgain(object);
            handoff.passOn(slot);
            if (slot.needsCare() || waitQueue.any()) { // since the check above
                takeCare(slot, object);
            }
        }
    }

    private void resetFailed(Slot<T> slot, long claim, T object) {
        if (slot.own(claim)) {
            drop(slot, object);
        }
    }

    /** Drops an object that the pool owns; the slot may not hold it any more if it was in use for long. */
    private void drop(Slot<T> slot, T object) {
        slot.keepAgain(object);
        slotFactory.drop(slot);
    }

    @Override
    public void discard(T object) {
        Slot<T> slot = slotOf(requireNonNull(object, "object"));
        if (slot == null) {
            misuse.refuse(object, null);
            return;
        }
        long claim = slot.claim();
        if (!slot.isAcquired(claim) || !slot.keeps(object) || !slot.own(claim)) {
            misuse.refuse(object, slot);
        } else {
            drop(slot, object);
        }
    }

    /** Processes a slot that the collector cleared; for the housekeeper, which calls it again if it fails. */
    void collected(Slot<T> slot) {
        leakDetector.collected(slot);
    }

    /** Lets go of the objects in use, so that leaks are found. */
    void letGo() {
        sweeper.letGo();
    }

    /** Holds all idle objects softly, because the heap fills up. */
    void soften() {
        sweeper.soften(true);
    }

    /** Sweeps: lets go and softens, drops old objects, measures demand. */
    void sweep() {
        sweeper.letGo();
        sweeper.soften(false);
        sweeper.expire();
        sweeper.measure();
    }

    @Override
    public int cleanUp() {
        sweeper.measure();
        return sweeper.expire() + sweeper.fit();
    }

    /** Returns how many objects its settings keep when demand falls. */
    int minSize() {
        return settings.minSize();
    }

    /** Deallocates all idle objects and keeps no more than are in use until {@link #recover}; returns how many. */
    int trim() {
        inventory.beginTrim();
        return sweeper.giveUpIdle();
    }

    /** Preallocates one object if there are fewer than wanted; returns whether it did. */
    boolean preallocate(int wanted) {
        Reservation<T> reservation = inventory.reserveInAdvance(wanted);
        if (reservation == null) {
            return false;
        }
        slotFactory.preallocate(reservation);
        if (waitQueue.any()) {
            handoff.attend();
        }
        return true;
    }

    void recover() {
        inventory.endTrim();
        handoff.attend();
    }

    /** Drops what was released while the pool was being closed; returns whether nothing is left. */
    boolean isEmptied() {
        sweeper.letGo();
        sweeper.trim(0);
        return inventory.size() == 0;
    }

    /** Puts changed settings in force. */
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
        if (!inventory.close()) {
            return;
        }
        waitQueue.wakeAll();
        sweeper.trim(0);
        onClose.accept(this);
    }
}

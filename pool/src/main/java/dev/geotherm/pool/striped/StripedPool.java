package dev.geotherm.pool.striped;

import dev.geotherm.pool.allocator.GuardedAllocator;
import static dev.geotherm.pool.striped.SlotState.HELD;
import static dev.geotherm.pool.striped.SlotState.LEASED;
import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.Poolable;
import java.lang.ref.ReferenceQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose objects stay in their slots: a claim is one compare-and-set on the slot that the thread's stripe used last, a
 * return is one store.
 *
 * <p>What is not found there is searched; see {@link SlotSearch}.
 */
final class StripedPool<T> implements ObjectPool<T> {
    private final String name;
    private final GuardedAllocator<T> allocator;
    private final Supplier<StripedPoolsSettings> settings;
    private final ReferenceQueue<Object> lost;
    private final Consumer<StripedPool<?>> whenClosed;

    private final Stripes<T> stripes = new Stripes<>();
    private final IdentityIndex<T> identities = new IdentityIndex<>();
    private final WaitQueue<T> waiters = new WaitQueue<>();
    private final Inventory<T> stock;
    private final SlotFactory<T> supply;
    private final Handoff<T> handOver;
    private final SlotSearch<T> search;
    private final Sweeper<T> sweep;
    private final LeakDetector<T> losses;
    private final MisuseHandler misuse;

    /** Whether of several threads that return an object at the same moment one only may succeed. */
    private boolean exact;

    /** Which claims are sampled: those that have none of these bits. */
    private long sampling;

    StripedPool(
            String name,
            Allocator<T> allocator,
            Supplier<StripedPoolsSettings> settings,
            ReferenceQueue<Object> lost,
            LongSupplier nanos,
            Consumer<StripedPool<?>> whenClosed) {
        this.name = name;
        this.settings = settings;
        this.lost = lost;
        this.whenClosed = whenClosed;
        this.stock = new Inventory<>(settings, waiters);
        this.allocator = new GuardedAllocator<>(name, allocator, stock.figures().failures);
        this.supply = new SlotFactory<>(this, this.allocator, stock, identities);
        this.handOver = new Handoff<>(waiters, stock);
        this.search = new SlotSearch<>(name, settings, this.allocator, stock, supply, handOver);
        this.sweep = new Sweeper<>(stock, supply, settings, nanos, !this.allocator.disposes());
        this.losses = new LeakDetector<>(name, supply);
        this.misuse = new MisuseHandler(name, settings, stock.figures());
        readSettings();
    }

    private void readSettings() {
        StripedPoolsSettings inForce = settings.get();
        exact = inForce.exactReturns();
        sampling = SlotState.claimBits(inForce.samplingMask());
    }

    @Override
    public String name() {
        return name;
    }

    /** Returns the queue into which slots go whose objects were lost. */
    ReferenceQueue<Object> lost() {
        return lost;
    }

    @Override
    public T acquire() {
        Slot<T> slot = stripes.last();
        T object = slot == null ? null : slot.kept; // before the claim: what is claimed is in hand already
        if (slot == null || object == null || !slot.tryClaim(HELD)) {
            return handedOut(found(), HELD);
        }
        return isUsual(slot, object) ? object : handedOut(settled(slot, object), HELD);
    }

    @Override
    public Lease<T> lease() {
        Slot<T> slot = stripes.last();
        T object = slot == null ? null : slot.kept; // as above
        if (slot == null || object == null || !slot.tryClaim(LEASED)) {
            slot = found();
            object = handedOut(slot, LEASED);
        } else if (!isUsual(slot, object)) {
            slot = settled(slot, object);
            object = handedOut(slot, LEASED);
        }
        return new StripedLease<>(this, slot, slot.claim(), object);
    }

    /** Makes an object the caller's that the pool owns. */
    private T handedOut(Slot<T> slot, long kind) {
        T object = requireNonNull(slot.object());
        slot.handOut(kind);
        stripes.last(slot);
        if (isSampled(slot)) {
            remember(slot);
        }
        return object;
    }

    /** Keeps the caller's stack for the report of a loss; a method of its own, or claims are too large to be fast. */
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

    /** Returns whether an object that was just claimed can be handed out without more. */
    private boolean isUsual(Slot<T> slot, T object) {
        return !isSampled(slot) && allocator.validate(object);
    }

    private boolean isSampled(Slot<T> slot) {
        return (slot.claim() & sampling) == 0;
    }

    /** Ends a claim that is not usual: the object is sampled, or is not valid and another one takes its place. */
    private Slot<T> settled(Slot<T> slot, T object) {
        if (!slot.own(slot.claim())) { // somebody discarded it who had no right to
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

    /** Returns the slot in which the object would be if it is of this pool, or null. */
    @Nullable
    Slot<T> slotOf(T object) {
        return object instanceof Poolable poolable ? Slot.of(poolable, this) : identities.find(object);
    }

    /** Ends a lease; does nothing if its claim is not in force any more. */
    void endLease(Slot<T> slot, long claim, T object) {
        if (slot.isHeld(claim)) {
            takeBack(slot, claim, object);
        }
    }

    /** Ends a lease and gives its object up; does nothing if its claim is not in force any more. */
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
        } else if (waiters.any()) {
            passOnExactly(slot, claim, object);
        } else {
            slot.giveBack(claim);
            if (slot.needsCare() || waiters.any()) {
                takeCare(slot, object);
            }
        }
    }

    /** Takes an object back so that of several threads that return it at the same moment one succeeds. */
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

    /** Refuses a return that another one of the same claim forestalled; of a lease that is no misuse, it ended once. */
    private void refuse(Slot<T> slot, long claim, T object) {
        if (!SlotState.isLeased(claim)) {
            misuse.refuse(object, slot);
        }
    }

    /** Does what is left to do once an object is idle. */
    private void takeCare(Slot<T> slot, T object) {
        slot.keepAgain(object);
        if (slot.isSurplus() && slot.tryOwn()) {
            slot.countIdleClaim();
            passOn(slot, object);
        } else {
            slot.beFound();
        }
        if (waiters.any()) {
            handOver.serveIdle();
        }
    }

    /** Gives an object that the pool owns to who waits, makes it idle, or gives it up if it is beyond the bound. */
    private void passOn(Slot<T> slot, T object) {
        if (slot.isSurplus() && stock.isSurplus(slot)) {
            drop(slot, object);
        } else {
            slot.keepAgain(object);
            handOver.passOn(slot);
            if (slot.needsCare() || waiters.any()) { // since the look above
                takeCare(slot, object);
            }
        }
    }

    private void resetFailed(Slot<T> slot, long claim, T object) {
        if (slot.own(claim)) {
            drop(slot, object);
        }
    }

    /** Gives up an object that the pool owns; the slot may not hold it any more if it was out for long. */
    private void drop(Slot<T> slot, T object) {
        slot.keepAgain(object);
        supply.drop(slot);
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

    /** Takes note that an object was collected; for the upkeep, which calls it again if it fails. */
    void abandoned(Slot<T> slot) {
        losses.collected(slot);
    }

    /** Lets go of the objects that are out, so that those that are lost are found. */
    void letGo() {
        sweep.letGo();
    }

    /** Has all idle objects held softly, because the heap fills. */
    void soften() {
        sweep.soften(true);
    }

    /** Does what is due regularly: lets go and softens, gives up old objects, measures demand. */
    void tend() {
        sweep.letGo();
        sweep.soften(false);
        sweep.expire();
        sweep.measure();
    }

    @Override
    public int cleanUp() {
        sweep.measure();
        return sweep.expire() + sweep.fit();
    }

    /** Gives up all idle objects, and keeps no more than are in use until {@link #recover}; returns how many. */
    int relieve() {
        stock.beginRelief();
        return sweep.giveUpIdle();
    }

    /** Makes one object in advance if there are fewer than wanted; returns whether it did. */
    boolean makeInAdvance(int wanted) {
        Reservation<T> place = stock.admitInAdvance(wanted);
        if (place == null) {
            return false;
        }
        supply.makeInAdvance(place);
        if (waiters.any()) {
            handOver.attend();
        }
        return true;
    }

    void recover() {
        stock.endRelief();
        handOver.attend();
    }

    /** Gives up what came back to a closed pool while it was being closed; returns whether nothing is left. */
    boolean isEmptied() {
        sweep.letGo();
        sweep.trim(0);
        return stock.size() == 0;
    }

    /** Puts changed settings in force. */
    void adapt() {
        readSettings();
        stock.adapt();
        sweep.trim(settings.get().maxSize());
    }

    @Override
    public PoolMetrics metrics() {
        return stock.metrics();
    }

    @Override
    public void close() {
        if (!stock.close()) {
            return;
        }
        waiters.wakeAll();
        sweep.trim(0);
        whenClosed.accept(this);
    }
}

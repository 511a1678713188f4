package dev.geotherm.pool;

import static dev.geotherm.pool.SlotWords.HELD;
import static dev.geotherm.pool.SlotWords.LEASED;
import static dev.geotherm.pool.SlotWords.NONE;
import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.WhenExhausted;
import java.lang.ref.ReferenceQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool whose objects stay in their slots: a claim is one compare-and-set on the slot that the thread's stripe used last, a
 * return is one store.
 *
 * <p>What is not found there is searched in order: an idle object that served before, one that was made in advance, a
 * place for a new one; then the settings decide.
 */
final class StripedPool<T> implements ObjectPool<T> {
    private static final Logger log = LoggerFactory.getLogger(StripedPools.class);

    private final String name;
    private final GuardedAllocator<T> allocator;
    private final Supplier<StripedPoolsSettings> settings;
    private final ReferenceQueue<Object> lost;
    private final Consumer<StripedPool<?>> whenClosed;

    private final Stripes<T> stripes = new Stripes<>();
    private final Waiters<T> waiters = new Waiters<>();
    private final Stock<T> stock;
    private final Supply<T> supply;
    private final HandOver<T> handOver;
    private final Sweep<T> sweep;
    private final Misuse misuse;

    /** Which claims are sampled: those whose number has none of these bits. */
    private long sampling;

    private volatile boolean closed;

    StripedPool(
            String name,
            Allocator<T> allocator,
            Supplier<StripedPoolsSettings> settings,
            ReferenceQueue<Object> lost,
            LongSupplier nanos,
            Consumer<StripedPool<?>> whenClosed) {
        this.name = name;
        this.allocator = new GuardedAllocator<>(name, allocator);
        this.settings = settings;
        this.lost = lost;
        this.whenClosed = whenClosed;
        this.stock = new Stock<>(settings, waiters);
        this.supply = new Supply<>(this, this.allocator, stock);
        this.handOver = new HandOver<>(waiters, stock, stripes);
        this.sweep = new Sweep<>(stock, supply, settings, nanos);
        this.misuse = new Misuse(name, settings, stock.figures());
        readSettings();
    }

    private void readSettings() {
        StripedPoolsSettings inForce = settings.get();
        waiters.setExact(inForce.exactReturns());
        sampling = inForce.samplingMask();
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
        while (true) {
            Slot<T> slot = claim(HELD);
            T object = slot.object();
            if (object != null) {
                return object;
            }
            vanished(slot);
        }
    }

    @Override
    public Lease<T> lease() {
        while (true) {
            Slot<T> slot = claim(LEASED);
            T object = slot.object();
            if (object != null) {
                return new StripedLease<>(this, slot, slot.claim(), object);
            }
            vanished(slot);
        }
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

    private Slot<T> claim(long kind) {
        Slot<T> last = stripes.mine().last();
        long claim = last == null ? NONE : last.tryClaim(kind);
        if (last == null || claim == NONE) {
            return sampled(claimElsewhere(kind));
        }
        if (!isValid(last)) {
            return sampled(replaced(last, kind));
        }
        return last.samples(claim, sampling) ? remembered(last) : last;
    }

    private Slot<T> sampled(Slot<T> slot) {
        return slot.samples(slot.claim(), sampling) ? remembered(slot) : slot;
    }

    /** Keeps the caller's stack for the report of a loss. */
    private Slot<T> remembered(Slot<T> slot) {
        slot.borrower = new Borrower(name, slot.claim());
        return slot;
    }

    private Slot<T> claimElsewhere(long kind) {
        requireOpen();
        if (waiters.any()) { // they came first
            return claimWhenFull(kind);
        }
        Slot<T> slot = findIdle(kind);
        if (slot == null) {
            Place<T> place = stock.admit();
            return place == null ? claimWhenFull(kind) : supply.make(place, kind);
        }
        return isValid(slot) ? slot : replaced(slot, kind);
    }

    private @Nullable Slot<T> findIdle(long kind) {
        Slot<T> slot = stock.claimHinted(kind, (int) Thread.currentThread().getId());
        return slot != null ? slot : stock.claimFresh(kind);
    }

    private boolean isValid(Slot<T> slot) {
        T object = slot.object();
        return object != null && allocator.validate(object);
    }

    /** Gives up an object that is claimed but not valid, and the next ones until one is; makes one in the end. */
    private Slot<T> replaced(Slot<T> spoilt, long kind) {
        Slot<T> slot = spoilt;
        do {
            slot.own(slot.claim());
            slot.countIdleClaim();
            Place<T> place = supply.vacate(slot);
            slot = findIdle(kind);
            if (slot == null) {
                return supply.make(place, kind);
            }
            stock.free(place);
        } while (!isValid(slot));
        return slot;
    }

    private void vanished(Slot<T> slot) {
        slot.own(slot.claim());
        slot.countIdleClaim();
        supply.drop(slot);
    }

    private Slot<T> claimWhenFull(long kind) {
        StripedPoolsSettings inForce = settings.get();
        if (inForce.whenExhausted() == WhenExhausted.WAIT) {
            return await(kind, inForce);
        }
        Slot<T> slot = stock.claimAny(kind);
        if (slot == null) {
            Place<T> place = stock.admit();
            if (place != null) {
                return supply.make(place, kind);
            }
            throw exhausted(inForce, "set whenExhausted to allocate or wait");
        }
        return isValid(slot) ? slot : replaced(slot, kind);
    }

    private Slot<T> await(long kind, StripedPoolsSettings inForce) {
        Waiter<T> waiter = handOver.await(kind, inForce.maxWait(), () -> closed);
        if (!waiter.wasServed()) {
            requireOpen();
            throw exhausted(
                    inForce,
                    Thread.currentThread().isInterrupted()
                            ? "the thread was interrupted while it waited"
                            : "none came free within " + inForce.maxWait().toMillis() + " ms; raise maxWait");
        }
        Slot<T> slot = waiter.slot();
        if (slot == null) {
            return supply.make(requireNonNull(waiter.place()), kind);
        }
        return isValid(slot) ? slot : replaced(slot, kind);
    }

    @Override
    public void release(T object) {
        Slot<T> slot = supply.slotOf(requireNonNull(object, "object"));
        if (slot == null) {
            misuse.refuse(object);
            return;
        }
        long claim = slot.claim();
        if (!SlotWords.isAcquired(claim) || slot.isReturned(claim)) {
            misuse.refuse(object);
        } else {
            takeBack(slot, claim, object);
        }
    }

    /** Ends a lease; does nothing if its claim is not in force any more. */
    void endLease(Slot<T> slot, long claim, T object) {
        if (slot.isHeld(claim)) {
            takeBack(slot, claim, object);
        }
    }

    private void takeBack(Slot<T> slot, long claim, T object) {
        if (!slot.keeps(object)) {
            misuse.refuse(object);
        } else if (slot.surplus || waiters.areAlert()) {
            takeBackExactly(slot, claim, object);
        } else if (allocator.reset(object)) {
            stripes.makeIdle(slot, claim);
            if (waiters.areAlert()) {
                handOver.attend();
            }
        } else {
            resetFailed(slot, claim);
        }
    }

    /** Takes an object back so that of several threads that return it at the same moment one succeeds. */
    private void takeBackExactly(Slot<T> slot, long claim, T object) {
        if (!slot.own(claim)) {
            misuse.refuse(object);
        } else if (slot.surplus && stock.isSurplus(slot)) {
            supply.drop(slot);
        } else if (allocator.reset(object)) {
            handOver.passOn(slot);
            if (waiters.any()) {
                handOver.attend();
            }
        } else {
            stock.figures().failures.increment();
            supply.drop(slot);
        }
    }

    private void resetFailed(Slot<T> slot, long claim) {
        stock.figures().failures.increment();
        if (slot.own(claim)) {
            supply.drop(slot);
        }
    }

    @Override
    public void discard(T object) {
        Slot<T> slot = supply.slotOf(requireNonNull(object, "object"));
        if (slot == null) {
            misuse.refuse(object);
            return;
        }
        long claim = slot.claim();
        if (!SlotWords.isAcquired(claim) || !slot.keeps(object) || !slot.own(claim)) {
            misuse.refuse(object);
        } else {
            supply.drop(slot);
        }
    }

    /** Takes note that the holder of an object lost it. */
    void abandoned(Slot<T> slot) {
        long claim = slot.claim();
        Borrower borrower = slot.borrower;
        if (slot.own(claim)) {
            supply.dropAbandoned(slot);
            log.warn(
                    "pool {}: an object was lost by its holder, who must release or discard it; its place is free{}",
                    name,
                    borrower != null && borrower.isOf(claim)
                            ? ""
                            : " (to see where it was acquired, raise leakSampling)",
                    borrower != null && borrower.isOf(claim) ? borrower : null);
        } else if (slot.tryOwn()) {
            slot.countIdleClaim();
            supply.drop(slot);
        }
    }

    /** Lets go of the objects that are out, so that those that are lost are found. */
    void letGo() {
        sweep.letGo();
    }

    /** Does what is due regularly: gives up old objects, measures demand. */
    void tend() {
        sweep.letGo();
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
        return sweep.trim(0);
    }

    /** Makes one object in advance if there are fewer than wanted; returns whether it did. */
    boolean makeInAdvance(int wanted) {
        Place<T> place = stock.admitInAdvance(wanted);
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
        closed = true;
        waiters.wakeAll();
        sweep.trim(0);
        whenClosed.accept(this);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("pool " + name + " is closed");
        }
    }

    private PoolExhaustedException exhausted(StripedPoolsSettings inForce, String what) {
        return new PoolExhaustedException(
                "pool " + name + ": all " + inForce.maxSize() + " objects are in use; " + what + ", or raise maxSize");
    }
}

package dev.geotherm.pool.striped;

import dev.geotherm.pool.allocator.GuardedAllocator;
import static dev.geotherm.pool.striped.SlotState.OWNED;
import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.WhenExhausted;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The search for an object when the caller's stripe remembers none that is idle: for one that served before, one that was
 * made in advance, a place for a new one; then the settings decide.
 */
final class SlotSearch<T> {
    private final String name;
    private final Supplier<StripedPoolsSettings> settings;
    private final GuardedAllocator<T> allocator;
    private final Inventory<T> stock;
    private final SlotFactory<T> supply;
    private final Handoff<T> handOver;

    SlotSearch(
            String name,
            Supplier<StripedPoolsSettings> settings,
            GuardedAllocator<T> allocator,
            Inventory<T> stock,
            SlotFactory<T> supply,
            Handoff<T> handOver) {
        this.name = name;
        this.settings = settings;
        this.allocator = allocator;
        this.stock = stock;
        this.supply = supply;
        this.handOver = handOver;
    }

    /** Claims an object, waits for one or makes one, as the settings say; it is the pool's own and valid. */
    Slot<T> claim() {
        requireOpen();
        if (handOver.isAwaited()) { // they came first
            return claimWhenFull();
        }
        Slot<T> slot = findIdle();
        if (slot == null) {
            return made();
        }
        return validated(slot);
    }

    private @Nullable Slot<T> findIdle() {
        Slot<T> slot =
                stock.shelves().claimHinted(OWNED, (int) Thread.currentThread().getId());
        return slot != null ? slot : stock.claimFresh(OWNED);
    }

    /** Returns the slot if its object, which is claimed, is valid, else another one. */
    Slot<T> validated(Slot<T> slot) {
        return isValid(slot) ? slot : replaced(slot);
    }

    private boolean isValid(Slot<T> slot) {
        try {
            T object = slot.object();
            return object != null && allocator.validate(object);
        } catch (Throwable failed) { // there is no memory to say that the allocator failed
            slot.countIdleClaim();
            slot.giveBack(slot.claim());
            slot.beFound();
            throw failed;
        }
    }

    /** Gives up an object that is claimed but not valid, and the next ones until one is; makes one in the end. */
    Slot<T> replaced(Slot<T> spoilt) {
        Slot<T> slot = spoilt;
        do {
            slot.countIdleClaim();
            Reservation<T> place = supply.vacate(slot);
            slot = findIdle();
            if (slot == null) {
                return supply.make(place);
            }
            stock.free(place);
        } while (!isValid(slot));
        return slot;
    }

    private Slot<T> made() {
        Reservation<T> place = stock.admit();
        return place == null ? claimWhenFull() : supply.make(place);
    }

    private Slot<T> claimWhenFull() {
        StripedPoolsSettings inForce = settings.get();
        if (inForce.whenExhausted() == WhenExhausted.WAIT) {
            return await(inForce);
        }
        Slot<T> slot = claimUnlessAllAreOut();
        if (slot == null) {
            Reservation<T> place = stock.admit();
            if (place != null) {
                return supply.make(place);
            }
            throw exhausted(inForce, "; set whenExhausted to allocate or wait, or raise maxSize");
        }
        return validated(slot);
    }

    /**
     * Claims an idle object; returns null only if there was a moment at which none was idle.
     *
     * <p>One look at all is not enough: what it finds in use may come back while it looks at the next, which somebody claims.
     * If nobody claimed anything from before the look to after it, all that it found in use was in use when it began.
     */
    private @Nullable Slot<T> claimUnlessAllAreOut() {
        while (true) {
            long claims = stock.shelves().claims();
            VarHandle.acquireFence(); // it was counted before the look
            Slot<T> slot = stock.shelves().claimAny(OWNED);
            if (slot != null || stock.shelves().claims() == claims) {
                return slot;
            }
        }
    }

    private Slot<T> await(StripedPoolsSettings inForce) {
        Waiter<T> waiter = handOver.await(inForce.maxWait(), stock::isClosed);
        if (!waiter.wasServed()) {
            requireOpen();
            throw exhausted(
                    inForce,
                    Thread.currentThread().isInterrupted()
                            ? ", and the thread was interrupted while it waited for one"
                            : " and none came free within " + inForce.maxWait().toMillis()
                                    + " ms; raise maxWait or maxSize");
        }
        Slot<T> slot = waiter.slot();
        if (slot == null) {
            return supply.make(requireNonNull(waiter.place()));
        }
        return validated(slot);
    }

    private void requireOpen() {
        if (stock.isClosed()) {
            throw new IllegalStateException("pool " + name + " is closed");
        }
    }

    private PoolExhaustedException exhausted(StripedPoolsSettings inForce, String what) {
        return new PoolExhaustedException("pool " + name + ": all " + inForce.maxSize() + " objects are in use" + what);
    }
}

package dev.geotherm.pool;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.WhenExhausted;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The search for an object when the caller's stripe remembers none that is idle: for one that served before, one that was
 * made in advance, a place for a new one; then the settings decide.
 */
final class Search<T> {
    private final String name;
    private final Supplier<StripedPoolsSettings> settings;
    private final GuardedAllocator<T> allocator;
    private final Stock<T> stock;
    private final Supply<T> supply;
    private final HandOver<T> handOver;

    Search(
            String name,
            Supplier<StripedPoolsSettings> settings,
            GuardedAllocator<T> allocator,
            Stock<T> stock,
            Supply<T> supply,
            HandOver<T> handOver) {
        this.name = name;
        this.settings = settings;
        this.allocator = allocator;
        this.stock = stock;
        this.supply = supply;
        this.handOver = handOver;
    }

    /** Claims an object for the caller, waits for one or makes one, as the settings say. */
    Slot<T> claim(long kind) {
        requireOpen();
        if (handOver.isAwaited()) { // they came first
            return claimWhenFull(kind);
        }
        Slot<T> slot = findIdle(kind);
        if (slot == null) {
            return made(kind);
        }
        return validated(slot, kind);
    }

    private @Nullable Slot<T> findIdle(long kind) {
        Slot<T> slot =
                stock.shelves().claimHinted(kind, (int) Thread.currentThread().getId());
        return slot != null ? slot : stock.claimFresh(kind);
    }

    /** Returns the slot if its object, which is claimed, is valid, else another one. */
    Slot<T> validated(Slot<T> slot, long kind) {
        return isValid(slot) ? slot : replaced(slot, kind);
    }

    private boolean isValid(Slot<T> slot) {
        T object = slot.object();
        return object != null && allocator.validate(object);
    }

    /** Gives up an object that is claimed but not valid, and the next ones until one is; makes one in the end. */
    Slot<T> replaced(Slot<T> spoilt, long kind) {
        Slot<T> slot = spoilt;
        do {
            Place<T> place = vacated(slot);
            slot = findIdle(kind);
            if (slot == null) {
                return place == null ? made(kind) : supply.make(place, kind);
            }
            if (place != null) {
                stock.free(place);
            }
        } while (!isValid(slot));
        return slot;
    }

    /** Gives up an object that is claimed; returns its place, or null if the upkeep did so because the object is gone. */
    private @Nullable Place<T> vacated(Slot<T> slot) {
        if (!slot.own(slot.claim())) {
            return null;
        }
        slot.countIdleClaim();
        return supply.vacate(slot);
    }

    private Slot<T> made(long kind) {
        Place<T> place = stock.admit();
        return place == null ? claimWhenFull(kind) : supply.make(place, kind);
    }

    private Slot<T> claimWhenFull(long kind) {
        StripedPoolsSettings inForce = settings.get();
        if (inForce.whenExhausted() == WhenExhausted.WAIT) {
            return await(kind, inForce);
        }
        Slot<T> slot = claimUnlessAllAreOut(kind);
        if (slot == null) {
            Place<T> place = stock.admit();
            if (place != null) {
                return supply.make(place, kind);
            }
            throw exhausted(inForce, "; set whenExhausted to allocate or wait, or raise maxSize");
        }
        return validated(slot, kind);
    }

    /**
     * Claims an idle object; returns null only if there was a moment at which none was idle.
     *
     * <p>One look at all is not enough: what it finds in use may come back while it looks at the next, which somebody claims.
     * If nobody claimed anything from before the look to after it, all that it found in use was in use when it began.
     */
    private @Nullable Slot<T> claimUnlessAllAreOut(long kind) {
        while (true) {
            long claims = stock.shelves().claims();
            Slot<T> slot = stock.shelves().claimAny(kind);
            if (slot != null || stock.shelves().claims() == claims) {
                return slot;
            }
        }
    }

    private Slot<T> await(long kind, StripedPoolsSettings inForce) {
        Waiter<T> waiter = handOver.await(kind, inForce.maxWait(), stock::isClosed);
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
            return supply.make(requireNonNull(waiter.place()), kind);
        }
        return validated(slot, kind);
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

package dev.geotherm.pool.striped;

import static dev.geotherm.pool.striped.SlotState.OWNED;
import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.pool.allocator.GuardedAllocator;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The search for an object when the caller's stripe has no idle one. It tries an object that was used before, then a
 * preallocated one, then capacity for a new one; otherwise the settings decide.
 */
final class SlotSearch<T> {
    private final String name;
    private final Supplier<StripedPoolsSettings> settings;
    private final GuardedAllocator<T> allocator;
    private final Inventory<T> inventory;
    private final SlotFactory<T> slotFactory;
    private final Handoff<T> handoff;

    SlotSearch(
            String name,
            Supplier<StripedPoolsSettings> settings,
            GuardedAllocator<T> allocator,
            Inventory<T> inventory,
            SlotFactory<T> slotFactory,
            Handoff<T> handoff) {
        this.name = name;
        this.settings = settings;
        this.allocator = allocator;
        this.inventory = inventory;
        this.slotFactory = slotFactory;
        this.handoff = handoff;
    }

    /** Claims, awaits or creates a valid object, as the settings say; the pool owns it until it is lent. */
    @SuppressWarnings("unchecked") // waiters are given slots and reservations of their pool
    Slot<T> claim() {
        Slot<T> slot = null;
        Reservation<T> reservation = null;
        try {
            requireOpen();
            if (!handoff.hasWaiters()) { // waiters have priority
                slot = findIdle();
                reservation = slot == null ? inventory.reserve() : null;
            }
            if (slot == null && reservation == null) {
                Object found = findWhenFull(settings.get());
                slot = found instanceof Slot<?> ? (Slot<T>) found : null;
                reservation = found instanceof Reservation<?> ? (Reservation<T>) found : null;
            }
            return slot != null ? validated(slot) : slotFactory.make(requireNonNull(reservation));
        } catch (Throwable failed) { // without a call: see Inventory
            if (slot != null) {
                slot.orphaned = true;
            }
            if (reservation != null) {
                reservation.orphaned = true;
            }
            throw failed;
        }
    }

    private @Nullable Slot<T> findIdle() {
        Slot<T> slot = inventory.table().claimHinted(OWNED, (int)
                Thread.currentThread().getId());
        return slot != null ? slot : inventory.claimFresh(OWNED);
    }

    /**
     * Returns the slot if its claimed object is valid, otherwise another one. If it fails, the pool does not lend the
     * slot again.
     */
    Slot<T> validated(Slot<T> slot) {
        return isValid(slot) ? slot : replaced(slot);
    }

    private boolean isValid(Slot<T> slot) {
        T object = slot.object();
        return object != null && allocator.validate(object);
    }

    /**
     * Drops an invalid claimed object, and tries the next ones until one is valid; finally creates one. If it fails,
     * the pool does not lend the slot again.
     */
    Slot<T> replaced(Slot<T> spoilt) {
        Slot<T> slot = spoilt;
        Reservation<T> reservation = null;
        try {
            do {
                slot.countIdleClaim();
                reservation = slotFactory.vacate(slot);
                slot = findIdle();
                if (slot == null) {
                    return slotFactory.make(reservation);
                }
                inventory.free(reservation);
            } while (!isValid(slot));
            return slot;
        } catch (Throwable failed) { // without a call: see Inventory
            if (slot != null) {
                slot.orphaned = true;
            }
            if (reservation != null) {
                reservation.orphaned = true;
            }
            throw failed;
        }
    }

    /** Finds a slot when all objects are in use or others wait, or a position if the settings allow one more object. */
    private Object findWhenFull(StripedPoolsSettings inForce) {
        if (inForce.whenExhausted() == WhenExhausted.WAIT) {
            return await(inForce);
        }
        Slot<T> slot = claimUnlessAllAreOut();
        Object found = slot != null ? slot : inventory.reserve();
        if (found == null) {
            throw exhausted(inForce, "; set whenExhausted to allocate or wait, or raise maxSize");
        }
        return found;
    }

    /**
     * Claims an idle object; returns null only if there was a moment at which none was idle.
     *
     * <p>One pass is not enough: an object found in use can be released while the pass checks the next one, which
     * another thread claims. If no thread claimed anything during the pass, all objects that it found in use were in
     * use when it began.
     */
    private @Nullable Slot<T> claimUnlessAllAreOut() {
        while (true) {
            long claims = inventory.table().claims();
            VarHandle.acquireFence(); // read the claims before the pass
            Slot<T> slot = inventory.table().claimAny(OWNED);
            if (slot != null || inventory.table().claims() == claims) {
                return slot;
            }
        }
    }

    private Object await(StripedPoolsSettings inForce) {
        Object given = handoff.await(inForce.maxWait(), inventory::isClosed);
        if (given == null) {
            requireOpen();
            throw exhausted(
                    inForce,
                    Thread.currentThread().isInterrupted()
                            ? ", and the thread was interrupted while it waited for one"
                            : " and none came free within " + inForce.maxWait().toMillis()
                                    + " ms; raise maxWait or maxSize");
        }
        return given;
    }

    private void requireOpen() {
        if (inventory.isClosed()) {
            throw new IllegalStateException("pool " + name + " is closed");
        }
    }

    private PoolExhaustedException exhausted(StripedPoolsSettings inForce, String what) {
        return new PoolExhaustedException("pool " + name + ": all " + inForce.maxSize() + " objects are in use" + what);
    }
}

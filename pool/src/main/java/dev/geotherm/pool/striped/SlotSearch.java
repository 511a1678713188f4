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
 * The search for an object when the caller's stripe remembers no idle one: first an object that was used before, then a
 * preallocated one, then capacity for a new one; after that the settings decide.
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

    /** Claims an object, waits for one or makes one, as the settings say; it is valid, and the pool owns it until it is lent. */
    Slot<T> claim() {
        requireOpen();
        if (handoff.hasWaiters()) { // they came earlier
            return claimWhenFull();
        }
        Slot<T> slot = findIdle();
        if (slot == null) {
            return made();
        }
        return validated(slot);
    }

    private @Nullable Slot<T> findIdle() {
        Slot<T> slot = inventory.table().claimHinted(OWNED, (int)
                Thread.currentThread().getId());
        return slot != null ? slot : inventory.claimFresh(OWNED);
    }

    /** Returns the slot if its claimed object is valid, else another one. */
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
            slot.hintIdle();
            throw failed;
        }
    }

    /** Drops a claimed object that is not valid, and the next ones until one is; makes one in the end. */
    Slot<T> replaced(Slot<T> spoilt) {
        Slot<T> slot = spoilt;
        do {
            slot.countIdleClaim();
            Reservation<T> reservation = slotFactory.vacate(slot);
            slot = findIdle();
            if (slot == null) {
                return slotFactory.make(reservation);
            }
            inventory.free(reservation);
        } while (!isValid(slot));
        return slot;
    }

    private Slot<T> made() {
        Reservation<T> reservation = inventory.reserve();
        return reservation == null ? claimWhenFull() : slotFactory.make(reservation);
    }

    private Slot<T> claimWhenFull() {
        StripedPoolsSettings inForce = settings.get();
        if (inForce.whenExhausted() == WhenExhausted.WAIT) {
            return await(inForce);
        }
        Slot<T> slot = claimUnlessAllAreOut();
        if (slot == null) {
            Reservation<T> reservation = inventory.reserve();
            if (reservation != null) {
                return slotFactory.make(reservation);
            }
            throw exhausted(inForce, "; set whenExhausted to allocate or wait, or raise maxSize");
        }
        return validated(slot);
    }

    /**
     * Claims an idle object; returns null only if there was a moment at which none was idle.
     *
     * <p>One pass is not enough: an object found in use may be released while the pass looks at the next one, which another
     * thread claims. If no thread claimed anything during the pass, all that it found in use was in use when it began.
     */
    private @Nullable Slot<T> claimUnlessAllAreOut() {
        while (true) {
            long claims = inventory.table().claims();
            VarHandle.acquireFence(); // the count is taken before the pass
            Slot<T> slot = inventory.table().claimAny(OWNED);
            if (slot != null || inventory.table().claims() == claims) {
                return slot;
            }
        }
    }

    private Slot<T> await(StripedPoolsSettings inForce) {
        Waiter<T> waiter = handoff.await(inForce.maxWait(), inventory::isClosed);
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
            return slotFactory.make(requireNonNull(waiter.reservation()));
        }
        return validated(slot);
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

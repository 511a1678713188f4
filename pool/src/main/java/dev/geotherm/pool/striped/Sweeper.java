package dev.geotherm.pool.striped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The sweeper of a pool does what is due from time to time rather than at each acquisition: it lets go of objects that may
 * have leaked, drops old and idle ones, measures demand and fits the number of objects to it.
 *
 * <p>Letting go: while an object is in use, its slot must not hold it, or the collector could not find a leak. To take the
 * object from the slot at each acquisition and put it back at each release would cost a write of a reference each. So only
 * the objects that a sweep finds in use are taken from their slots, first from {@code kept} to {@code fading} and, if the
 * same claim is still in force at the next sweep, from there. A release puts the object back where it finds it missing. A
 * release that is under way during sweeps may find it there and missing a moment later. So the sweeps mark what they let go
 * of, and the releasing thread, which still has the object, checks for that mark afterwards. A processor may delay the store
 * of the release past that check, by nanoseconds: then the object is still in {@code fading}. Claims: a thread that is about
 * to borrow an object has it in hand before, or the pool owns the claim until then; what the pool owns is left alone.
 *
 * <p>Softening: objects that are idle for a while are taken from {@code kept} too and held by a soft reference, which costs
 * their next claim the slow path. If the object is gone by then, the claim drops the slot and looks on; else the housekeeper
 * does so when the slot is enqueued.
 */
final class Sweeper<T> {
    private final Inventory<T> inventory;
    private final SlotFactory<T> slotFactory;
    private final Supplier<StripedPoolsSettings> settings;
    private final LongSupplier nanos;
    private final boolean yields;
    private final DemandHistory demand = new DemandHistory();

    /**
     * Creates a sweeper.
     *
     * @param yields whether the JVM may take idle objects, which need no disposal
     */
    Sweeper(
            Inventory<T> inventory,
            SlotFactory<T> slotFactory,
            Supplier<StripedPoolsSettings> settings,
            LongSupplier nanos,
            boolean yields) {
        this.yields = yields;
        this.inventory = inventory;
        this.slotFactory = slotFactory;
        this.settings = settings;
        this.nanos = nanos;
    }

    /** Lets go of the objects in use. */
    synchronized void letGo() {
        inventory.table().slots().forEach(this::letGo);
    }

    private void letGo(Slot<T> slot) {
        long claim = slot.claim();
        if (slot.isHeld(claim)) {
            if (slot.kept != null || slot.isSoft() || slot.faded != claim) {
                slot.fade(claim);
            } else {
                slot.forgo();
                if (slot.refersTo(null)) { // enqueued already, perhaps before this claim had faded
                    slot.pool.collected(slot);
                }
            }
        } else if (slot.kept != null) {
            slot.fading = null;
            if (slot.uses() > 0) { // fresh objects have a queue of their own
                slot.hintIdle();
            }
        } else if (!slot.touch()) { // its release was under way when it was let go
            keepOrDrop(slot);
        }
    }

    private void keepOrDrop(Slot<T> slot) {
        boolean owned = false;
        try {
            owned = slot.tryOwn();
            if (owned) {
                slot.countIdleClaim();
                if (slot.object() == null) {
                    slotFactory.drop(slot);
                } else {
                    slot.giveBack(slot.claim());
                    owned = false;
                    slot.segment.hint(slot);
                }
            }
        } catch (Throwable failed) {
            if (owned) {
                slot.orphaned = true;
            }
            throw failed;
        }
    }

    /** Drops the slots and frees the positions that failed operations left. */
    synchronized void repair() {
        inventory.table().slots().forEach(slot -> {
            if (slot.orphaned) {
                slotFactory.drop(slot);
            }
        });
        inventory.orphanedReservations().forEach(slotFactory::abandon);
        inventory.markSurplus();
    }

    /**
     * Holds idle objects softly, so that the JVM takes them before it runs out of memory, except {@code minSize} of them.
     *
     * @param all whether also those that were used since the last sweep
     */
    synchronized void soften(boolean all) {
        StripedPoolsSettings inForce = settings.get();
        if (!yields || inForce.pressureThreshold() == 0) {
            return;
        }
        int spare = inventory.table().count(slot -> !slot.isSoft()) - inForce.minSize();
        for (Slot<T> slot : inventory.table().slots()) {
            if (spare > 0 && slot.kept != null && slot.isIdle() && (all || slot.seen == slot.claim())) {
                slot.soften();
                spare--;
            }
        }
    }

    /** Drops objects that are idle for too long, too old, or surplus; returns how many. */
    synchronized int expire() {
        StripedPoolsSettings inForce = settings.get();
        long now = nanos.getAsLong();
        int dropped = 0;
        for (Slot<T> slot : inventory.table().slots()) {
            boolean expired = (slot.isSurplus() && inventory.isSurplus(slot))
                    || isOver(inForce.maxAge(), now - slot.madeAt)
                    || isOver(inForce.maxIdle(), idleFor(slot, now));
            dropped += expired && slotFactory.dropIfIdle(slot) ? 1 : 0;
        }
        return dropped;
    }

    private static boolean isOver(Duration limit, long nanos) {
        return !limit.isZero() && nanos > limit.toNanos();
    }

    private static long idleFor(Slot<?> slot, long now) {
        long claim = slot.claim();
        if (slot.seen != claim || !slot.isIdle()) {
            slot.seen = claim;
            slot.seenAt = now;
        }
        return now - slot.seenAt;
    }

    /** Measures how many objects were in use since the last time. */
    synchronized void measure() {
        int demanded = 0;
        for (Slot<T> slot : inventory.table().slots()) {
            long claim = slot.claim();
            if (slot.counted != claim || slot.isHeld(claim)) {
                slot.counted = claim;
                demanded++;
            }
        }
        demand.add(demanded);
    }

    /** Drops the idle objects beyond demand; returns how many. */
    synchronized int fit() {
        StripedPoolsSettings inForce = settings.get();
        return trim(Math.max(inForce.minSize(), demand.percentile(inForce.demandPercentile())));
    }

    /** Drops idle objects, the least recently used first, until there are no more objects than wanted, or no idle ones; returns how many. */
    synchronized int trim(int wanted) {
        long now = nanos.getAsLong();
        List<Slot<T>> slots = inventory.table().slots();
        List<Slot<T>> idle = new ArrayList<>();
        for (Slot<T> slot : slots) {
            idleFor(slot, now);
            if (slot.isIdle()) {
                idle.add(slot);
            }
        }
        idle.sort(Comparator.comparingLong(slot -> slot.seenAt - now));
        int dropped = 0;
        for (int i = 0; i < idle.size() && inventory.size() > wanted; i++) {
            dropped += slotFactory.dropIfIdle(idle.get(i)) ? 1 : 0;
        }
        return dropped;
    }

    /** Drops all idle objects; returns how many. Allocates nothing itself, because memory may be out. */
    synchronized int giveUpIdle() {
        return inventory.table().count(slotFactory::dropIfIdle);
    }
}

package dev.geotherm.pool.striped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The sweeper of a pool. It does the periodic work that is kept off the hot path: it weakens references to objects that
 * may have leaked, drops old and idle objects, measures demand and adapts the number of objects to it.
 *
 * <p>Weakening: while an object is in use, its slot must not refer to it strongly, or the collector could not detect a
 * leak. Clearing the reference at each acquisition and restoring it at each release would cost a reference write each.
 * Therefore only objects that a sweep finds in use are removed from their slots: they are first moved from {@code kept}
 * to {@code weakening}, and removed from there if the claim is still the same at the next sweep. A release restores a
 * missing reference. A release in progress during sweeps may find the reference present although it is removed a moment
 * later. The sweeps therefore mark the slots that they weaken, and the releasing thread, which still has the object,
 * checks for that mark afterwards. A processor can delay the store of the release past that check by nanoseconds; then
 * the object is still in {@code weakening}. Claims are safe because a thread that is about to borrow an object already
 * refers to it, or the pool owns the claim until then; the sweeper ignores objects that the pool owns.
 *
 * <p>An object in use that was removed from its slot, and still exists, needs no work until its release, so sweeps skip
 * its slot: their cost depends on the number of changes, not on the number of objects in use. A release in progress
 * during a sweep may leave its slot skipped, so each sweep also includes all slots of one in {@value #ROUNDS} segments.
 *
 * <p>Softening: objects that are idle for a while are also removed from {@code kept} and softly referenced, so their
 * next claim takes the slow path. If the object has been collected by then, the claim drops the slot and continues the
 * search; otherwise the housekeeper drops it when the slot is enqueued.
 */
final class Sweeper<T> {
    /** The number of sweeps that together include every slot. */
    private static final int ROUNDS = 16;

    private final Inventory<T> inventory;
    private final SlotFactory<T> slotFactory;
    private final Supplier<StripedPoolsSettings> settings;
    private final LongSupplier nanos;
    private final boolean yields;
    private final DemandHistory demand = new DemandHistory();
    private int round;

    /**
     * Creates a sweeper.
     *
     * @param yields whether the JVM may reclaim idle objects, because they need no disposal
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

    /** Begins a sweep, which includes some of the slots that earlier sweeps skipped. */
    synchronized void begin() {
        inventory.table().revisit(round, ROUNDS);
        round = (round + 1) % ROUNDS;
    }

    /** Weakens the references to objects in use. */
    synchronized void weaken() {
        inventory.table().slotsToSweep().forEach(this::weaken);
    }

    private void weaken(Slot<T> slot) {
        long claim = slot.claim();
        if (slot.isHeld(claim)) {
            if (slot.kept != null || slot.isSoft() || slot.weakenedClaim != claim) {
                slot.weaken(claim);
            } else {
                slot.finishWeakening();
                if (slot.refersTo(null)) { // already enqueued, perhaps before this weakening
                    slot.pool.collected(slot);
                } else {
                    slot.skip(claim);
                }
            }
        } else if (slot.kept != null) {
            slot.weakening = null;
            if (slot.uses() > 0) { // fresh objects are tracked separately
                slot.hintIdle();
            }
        } else if (!slot.touch()) { // weakened during its release
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
                    slot.release(slot.claim());
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
        inventory.table().slotsToSweep().forEach(slot -> {
            if (slot.orphaned) {
                slotFactory.drop(slot);
            }
        });
        inventory.table().forEachSegment(SlotSegment::repairHint);
        inventory.orphanedReservations().forEach(slotFactory::abandon);
        inventory.markSurplus();
    }

    /**
     * Refers softly to idle objects, except {@code minSize} of them, so that the JVM reclaims them before it runs out
     * of memory.
     *
     * @param all whether to include objects that were used since the last sweep
     */
    synchronized void soften(boolean all) {
        StripedPoolsSettings inForce = settings.get();
        if (!yields || inForce.pressureThreshold() == 0) {
            return;
        }
        int spare = inventory.table().longHeld() - inForce.minSize();
        List<Slot<T>> slots = inventory.table().slotsToSweep();
        for (Slot<T> slot : slots) {
            spare += slot.isSoft() ? 0 : 1;
        }
        for (Slot<T> slot : slots) {
            if (spare > 0 && slot.kept != null && slot.isIdle() && (all || slot.seen == slot.claim())) {
                slot.soften();
                spare--;
            }
        }
    }

    /** Drops objects that have been idle too long, are too old, or are surplus; returns their number. */
    synchronized int expire() {
        StripedPoolsSettings inForce = settings.get();
        long now = nanos.getAsLong();
        int dropped = 0;
        for (Slot<T> slot : inventory.table().slotsToSweep()) {
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

    /** Measures the number of objects that were in use since the last measurement. */
    synchronized void measure() {
        int demanded = inventory.table().longHeld();
        for (Slot<T> slot : inventory.table().slotsToSweep()) {
            long claim = slot.claim();
            if (slot.counted != claim || slot.isHeld(claim)) {
                slot.counted = claim;
                demanded++;
            }
        }
        demand.add(demanded);
    }

    /** Drops the idle objects beyond demand; returns their number. */
    synchronized int fit() {
        StripedPoolsSettings inForce = settings.get();
        return trim(Math.max(inForce.minSize(), demand.percentile(inForce.demandPercentile())));
    }

    /**
     * Drops idle objects, least recently used first, until the wanted number of objects, or no idle one, is left;
     * returns the number of dropped objects.
     */
    synchronized int trim(int wanted) {
        long now = nanos.getAsLong();
        List<Slot<T>> idle = new ArrayList<>();
        for (Slot<T> slot : inventory.table().slots()) {
            if (slot.isIdle()) {
                idleFor(slot, now);
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

    /** Drops all idle objects; returns their number. Allocates nothing, because memory may be exhausted. */
    synchronized int dropIdle() {
        return inventory.table().count(slotFactory::dropIfIdle);
    }
}

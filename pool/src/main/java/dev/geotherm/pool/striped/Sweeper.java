package dev.geotherm.pool.striped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What is done for a pool from time to time rather than at each claim: letting go of objects that may be lost, giving up
 * old and idle ones, measuring demand and fitting the number of objects to it.
 *
 * <p>Letting go: while an object is out, its slot must not hold it, or the collector could not find that its holder lost
 * it. To take it from the slot at each claim and put it back at each return would cost a write of a reference each. So
 * only the objects that a sweep finds in use are taken from their slots, first from {@code kept} to {@code fading} and, if
 * the same claim is still in force at the next sweep, from there. A return puts the object back where it finds it gone. A
 * return that is under way during sweeps may find it there and gone a moment later. So the sweeps mark what they let go of,
 * and who returned an object, and has it still, looks for that mark afterwards. A processor may delay the store of the return
 * past that look, by nanoseconds: then the object is found in {@code fading} yet. Claims: whoever is about to hold an object
 * has it in hand before, or the claim is the pool's own until then; what the pool owns is left alone.
 *
 * <p>Softening: objects that are idle for a while are taken from {@code kept} too and are held by a soft reference, which
 * costs their next claim the slow path. If the object is gone by then, the claim gives the slot up and looks on; else the
 * upkeep does so when the slot is enqueued.
 */
final class Sweeper<T> {
    private final Inventory<T> stock;
    private final SlotFactory<T> supply;
    private final Supplier<StripedPoolsSettings> settings;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final boolean yields;
    private final DemandHistory demand = new DemandHistory();

    /**
     * Creates it.
     *
     * @param yields whether the JVM may take idle objects, which need no disposal
     */
    Sweeper(
            Inventory<T> stock,
            SlotFactory<T> supply,
            Supplier<StripedPoolsSettings> settings,
            LongSupplier nanos,
            boolean yields) {
        this.yields = yields;
        this.stock = stock;
        this.supply = supply;
        this.settings = settings;
        this.nanos = nanos;
    }

    /** Lets go of the objects that are out. */
    void letGo() {
        lock.lock();
        try {
            stock.shelves().slots().forEach(this::letGo);
        } finally {
            lock.unlock();
        }
    }

    private void letGo(Slot<T> slot) {
        long claim = slot.claim();
        if (slot.isHeld(claim)) {
            if (slot.kept != null || slot.isSoft() || slot.faded != claim) {
                slot.fade(claim);
            } else {
                slot.forgo();
                if (slot.refersTo(null)) { // reported already, perhaps before this claim had faded
                    slot.pool.abandoned(slot);
                }
            }
        } else if (slot.kept != null) {
            slot.fading = null;
            if (slot.uses() > 0) { // what nobody had yet has its own queue
                slot.beFound();
            }
        } else if (!slot.touch() && own(slot)) { // its return was under way when it was let go
            if (slot.object() == null) {
                supply.drop(slot);
            } else {
                slot.giveBack(slot.claim());
                slot.shelf.hint(slot);
            }
        }
    }

    /**
     * Has idle objects held softly, so that the JVM takes them before it is out of memory; as many as {@code minSize} stay
     * as they are.
     *
     * @param all whether also those that were used since the last sweep
     */
    void soften(boolean all) {
        StripedPoolsSettings inForce = settings.get();
        if (!yields || inForce.pressureThreshold() == 0) {
            return;
        }
        lock.lock();
        try {
            int spare = stock.shelves().count(slot -> !slot.isSoft()) - inForce.minSize();
            for (Slot<T> slot : stock.shelves().slots()) {
                if (spare > 0 && slot.kept != null && slot.isIdle() && (all || slot.seen == slot.claim())) {
                    slot.soften();
                    spare--;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what is idle for too long, too old, or surplus. */
    int expire() {
        lock.lock();
        try {
            StripedPoolsSettings inForce = settings.get();
            long now = nanos.getAsLong();
            int dropped = 0;
            for (Slot<T> slot : stock.shelves().slots()) {
                boolean expired = (slot.isSurplus() && stock.isSurplus(slot))
                        || isOver(inForce.maxAge(), now - slot.madeAt)
                        || isOver(inForce.maxIdle(), idleFor(slot, now));
                dropped += expired && dropIfIdle(slot) ? 1 : 0;
            }
            return dropped;
        } finally {
            lock.unlock();
        }
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

    /** Takes note of how many objects were in use since the last time. */
    void measure() {
        lock.lock();
        try {
            int demanded = 0;
            for (Slot<T> slot : stock.shelves().slots()) {
                long claim = slot.claim();
                if (slot.counted != claim || slot.isHeld(claim)) {
                    slot.counted = claim;
                    demanded++;
                }
            }
            demand.add(demanded);
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the idle objects beyond what is in demand. */
    int fit() {
        StripedPoolsSettings inForce = settings.get();
        lock.lock();
        try {
            return trim(Math.max(inForce.minSize(), demand.percentile(inForce.demandPercentile())));
        } finally {
            lock.unlock();
        }
    }

    /** Gives up idle objects, those first that were not used for longest, until no more than so many are left, or none. */
    int trim(int wanted) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            List<Slot<T>> slots = stock.shelves().slots();
            List<Slot<T>> idle = new ArrayList<>();
            for (Slot<T> slot : slots) {
                idleFor(slot, now);
                if (slot.isIdle()) {
                    idle.add(slot);
                }
            }
            idle.sort(Comparator.comparingLong(slot -> slot.seenAt - now));
            int dropped = 0;
            for (int i = 0; i < idle.size() && stock.size() > wanted; i++) {
                dropped += dropIfIdle(idle.get(i)) ? 1 : 0;
            }
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up all idle objects; returns how many. Allocates nothing itself, because memory may be out. */
    int giveUpIdle() {
        lock.lock();
        try {
            return stock.shelves().count(this::dropIfIdle);
        } finally {
            lock.unlock();
        }
    }

    private boolean dropIfIdle(Slot<T> slot) {
        boolean owned = own(slot);
        if (owned) {
            supply.drop(slot);
        }
        return owned;
    }

    private boolean own(Slot<T> slot) {
        boolean owned = slot.tryOwn();
        if (owned) {
            slot.countIdleClaim();
        }
        return owned;
    }
}

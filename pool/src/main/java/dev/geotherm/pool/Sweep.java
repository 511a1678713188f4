package dev.geotherm.pool;

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
 * return that is under way during the sweep may not see that; its object is found in {@code fading}.
 */
final class Sweep<T> {
    private final Stock<T> stock;
    private final Supply<T> supply;
    private final Supplier<StripedPoolsSettings> settings;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Demand demand = new Demand();

    Sweep(Stock<T> stock, Supply<T> supply, Supplier<StripedPoolsSettings> settings, LongSupplier nanos) {
        this.stock = stock;
        this.supply = supply;
        this.settings = settings;
        this.nanos = nanos;
    }

    /** Lets go of the objects that are out. */
    void letGo() {
        lock.lock();
        try {
            stock.slots().forEach(this::letGo);
        } finally {
            lock.unlock();
        }
    }

    private void letGo(Slot<T> slot) {
        long claim = slot.claim();
        if (slot.isHeld(claim)) {
            if (slot.faded == claim) {
                slot.fading = null;
            } else if (slot.kept != null) {
                slot.fading = slot.kept;
                slot.kept = null;
                slot.faded = claim;
            }
        } else if (slot.kept != null) {
            slot.fading = null;
            if (slot.uses() > 0) { // what nobody had yet has its own queue
                slot.beFound();
            }
        } else if (own(slot)) { // its return was under way when it was let go
            if (slot.object() == null) {
                supply.drop(slot);
            } else {
                slot.giveBack(slot.claim());
                slot.shelf.hint(slot);
            }
        }
    }

    /** Gives up what is idle for too long, too old, or surplus. */
    int expire() {
        lock.lock();
        try {
            StripedPoolsSettings inForce = settings.get();
            long now = nanos.getAsLong();
            int dropped = 0;
            for (Slot<T> slot : stock.slots()) {
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
            for (Slot<T> slot : stock.slots()) {
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
            List<Slot<T>> slots = stock.slots();
            List<Slot<T>> idle = new ArrayList<>();
            for (Slot<T> slot : slots) {
                idleFor(slot, now);
                if (slot.isIdle()) {
                    idle.add(slot);
                }
            }
            idle.sort(Comparator.comparingLong(slot -> slot.seenAt - now));
            int dropped = 0;
            for (int i = 0; i < idle.size() && slots.size() - dropped > wanted; i++) {
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
            return stock.count(this::dropIfIdle);
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

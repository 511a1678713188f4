package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.PoolMetrics;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The running totals of a pool. */
final class Figures {
    final LongAdder prepared = new LongAdder();
    final LongAdder returned = new LongAdder();
    final LongAdder discarded = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder pressureEvents = new LongAdder();

    private final LongAdder created = new LongAdder();
    private final LongAdder firstUses = new LongAdder();
    private final LongAdder reused = new LongAdder();
    private final LongAdder bytesSaved = new LongAdder();
    private final AtomicInteger inUse = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();

    /** The most objects in use at once since the last clean-up. */
    private final AtomicInteger demand = new AtomicInteger();

    /** Counts a hand-out, before the object is marked as having served. */
    void handOut(Held<?> held) {
        if (held.served()) {
            reused.increment();
            bytesSaved.add(held.bytes());
        } else if (held.prepared()) {
            firstUses.increment();
        } else {
            created.increment();
        }
        int now = inUse.incrementAndGet();
        raise(peak, now);
        raise(demand, now);
    }

    private static void raise(AtomicInteger most, int now) {
        if (now > most.get()) {
            most.accumulateAndGet(now, Math::max);
        }
    }

    void takeBack() {
        returned.increment();
        inUse.decrementAndGet();
    }

    int inUse() {
        return inUse.get();
    }

    /** Returns the most objects in use at once since the last call. */
    int takeDemand() {
        return Math.max(demand.getAndSet(inUse.get()), inUse.get());
    }

    PoolMetrics snapshot(int idle, int maxSize, Admission admission) {
        return new PoolMetrics(
                created.sum(),
                prepared.sum(),
                firstUses.sum(),
                reused.sum(),
                returned.sum(),
                discarded.sum(),
                idle,
                inUse.get(),
                peak.get(),
                maxSize,
                admission.waits(),
                admission.waited(),
                refused.sum(),
                0,
                failures.sum(),
                pressureEvents.sum(),
                bytesSaved.sum());
    }
}

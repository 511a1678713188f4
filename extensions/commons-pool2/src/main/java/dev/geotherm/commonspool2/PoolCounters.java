package dev.geotherm.commonspool2;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.pool.PoolMetrics;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a pool. */
final class PoolCounters {
    final LongAdder preallocated = new LongAdder();
    final LongAdder returned = new LongAdder();
    final LongAdder discarded = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder pressureEvents = new LongAdder();

    private final LongAdder created = new LongAdder();
    private final LongAdder firstUses = new LongAdder();
    private final LongAdder reused = new LongAdder();
    private final LongAdder allocationAvoided = new LongAdder();
    private final AtomicInteger inUse = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();

    /** The maximum number of objects in use since the last clean-up. */
    private final AtomicInteger demand = new AtomicInteger();

    /** Counts an acquisition before the object is marked as used. */
    void handOut(HeldObject<?> held) {
        if (held.served()) {
            reused.increment();
            allocationAvoided.add(held.bytes());
        } else if (held.preallocated()) {
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

    /** Returns the maximum number of objects in use since the last call. */
    int takeDemand() {
        return Math.max(demand.getAndSet(inUse.get()), inUse.get());
    }

    PoolMetrics snapshot(int idle, int maxSize, Admission admission) {
        return MetricsBuilder.of(PoolMetrics.class)
                .set("created", created.sum())
                .set("preallocated", preallocated.sum())
                .set("firstUses", firstUses.sum())
                .set("reused", reused.sum())
                .set("released", returned.sum())
                .set("discarded", discarded.sum())
                .set("idle", idle)
                .set("inUse", inUse.get())
                .set("peak", peak.get())
                .set("maxSize", maxSize)
                .set("waits", admission.waits())
                .set("waitTime", admission.waitTime())
                .set("refused", refused.sum())
                .set("failures", failures.sum())
                .set("pressureEvents", pressureEvents.sum())
                .set("allocationAvoided", allocationAvoided.sum())
                .build();
    }
}

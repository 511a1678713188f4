package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.pool.metrics.WaitTimes;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of a pool, except those that follow from the numbers of claims in the slots.
 *
 * <p>The adders and the wait times may be used by any thread; the monitor of the {@link Inventory} guards the rest. The
 * hot path writes none of them.
 */
final class PoolCounters {
    final LongAdder waits = new LongAdder();
    final WaitTimes waitTimes = new WaitTimes();
    final LongAdder refused = new LongAdder();
    final LongAdder failures = new LongAdder();

    long created;
    long preallocated;
    long discarded;
    long leaked;
    long pressureEvents;
    int peak;

    /** The usage of removed slots. */
    final Usage dropped = new Usage();

    PoolMetrics snapshot(Usage uses, int idle, int inUse, int maxSize) {
        return new PoolMetrics(
                created,
                preallocated,
                uses.firstUses,
                uses.reused,
                uses.acquired - inUse - leaked,
                discarded,
                idle,
                inUse,
                peak,
                maxSize,
                waits.sum(),
                waitTimes.distribution(),
                refused.sum(),
                leaked,
                failures.sum(),
                pressureEvents,
                uses.allocationAvoided);
    }

    /** The numbers of uses of objects, from their slots. */
    static final class Usage {
        long firstUses;
        long reused;
        long acquired;
        long allocationAvoided;

        void add(Slot<?> slot) {
            long uses = slot.uses();
            acquired += uses;
            if (uses > 0) {
                firstUses += slot.preallocated ? 1 : 0;
                reused += uses - 1;
                allocationAvoided += (uses - 1) * slot.bytes;
            }
        }

        void add(Usage other) {
            firstUses += other.firstUses;
            reused += other.reused;
            acquired += other.acquired;
            allocationAvoided += other.allocationAvoided;
        }
    }
}

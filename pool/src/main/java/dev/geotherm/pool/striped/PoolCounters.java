package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * The running totals of a pool, without those that the slots tell by the number of their claims.
 *
 * <p>The adders are for everybody, the rest is guarded by the lock of the {@link Inventory}. Nothing here is written on the
 * fast path.
 */
final class PoolCounters {
    final LongAdder waits = new LongAdder();
    final LongAdder waitedNanos = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failures = new LongAdder();

    long created;
    long prepared;
    long discarded;
    long abandoned;
    long pressureEvents;
    int peak;

    /** What the slots told that are gone. */
    final Uses gone = new Uses();

    PoolMetrics snapshot(Uses uses, int idle, int inUse, int maxSize) {
        return new PoolMetrics(
                created,
                prepared,
                uses.firstUses,
                uses.reused,
                uses.handedOut - inUse - abandoned,
                discarded,
                idle,
                inUse,
                peak,
                maxSize,
                waits.sum(),
                Duration.ofNanos(waitedNanos.sum()),
                refused.sum(),
                abandoned,
                failures.sum(),
                pressureEvents,
                uses.bytesSaved);
    }

    /** How often objects were used, told by their slots. */
    static final class Uses {
        long firstUses;
        long reused;
        long handedOut;
        long bytesSaved;

        void add(Slot<?> slot) {
            long uses = slot.uses();
            handedOut += uses;
            if (uses > 0) {
                firstUses += slot.prepared ? 1 : 0;
                reused += uses - 1;
                bytesSaved += (uses - 1) * slot.bytes;
            }
        }

        void add(Uses other) {
            firstUses += other.firstUses;
            reused += other.reused;
            handedOut += other.handedOut;
            bytesSaved += other.bytesSaved;
        }
    }
}

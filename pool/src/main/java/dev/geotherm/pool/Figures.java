package dev.geotherm.pool;

import dev.geotherm.api.pool.PoolMetrics;
import java.time.Duration;

/** The running totals of a pool; guarded by the pool's lock. */
final class Figures {
    long created;
    long prepared;
    long firstUses;
    long reused;
    long returned;
    long discarded;
    int peak;
    long waits;
    long waitedNanos;
    long refused;
    long abandoned;
    long failures;
    long pressureEvents;
    long bytesSaved;

    PoolMetrics snapshot(int idle, int inUse, int maxSize) {
        return new PoolMetrics(
                created,
                prepared,
                firstUses,
                reused,
                returned,
                discarded,
                idle,
                inUse,
                peak,
                maxSize,
                waits,
                Duration.ofNanos(waitedNanos),
                refused,
                abandoned,
                failures,
                pressureEvents,
                bytesSaved);
    }
}

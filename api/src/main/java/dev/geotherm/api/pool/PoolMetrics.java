package dev.geotherm.api.pool;

import java.time.Duration;

/**
 * What one pool has done since it was opened.
 *
 * <p>Whenever nobody is inside a method of the pool: {@code inUse} is {@link #handedOut} less {@code returned} and
 * {@code abandoned}; {@code created + prepared}, all objects there ever were, is {@code idle + inUse + discarded +
 * abandoned}.
 *
 * @param created objects made by the allocator for a caller
 * @param prepared objects made by the allocator in advance
 * @param firstUses objects made in advance that were handed out for the first time
 * @param reused how often an object was handed out that had served before
 * @param returned how often an object was taken back, by release or discard
 * @param discarded objects deallocated, for whatever reason
 * @param idle objects that wait for a holder now
 * @param inUse objects that are held now
 * @param peak the most objects that were held at once
 * @param maxSize the bound in force
 * @param waits how often a caller had to wait
 * @param waited the time that callers spent waiting, all together
 * @param refused releases and discards that were refused, see {@link PoolMisuseException}
 * @param abandoned objects whose holder lost them without releasing them
 * @param failures allocations, resets and validations that failed with an exception; that an object is not valid is none
 * @param pressureEvents how often the pool was told that memory is short
 * @param bytesSaved bytes that were not allocated, because an object was used again: the sum of the objects' sizes as
 *     far as the allocator knows them
 */
public record PoolMetrics(
        long created,
        long prepared,
        long firstUses,
        long reused,
        long returned,
        long discarded,
        int idle,
        int inUse,
        int peak,
        int maxSize,
        long waits,
        Duration waited,
        long refused,
        long abandoned,
        long failures,
        long pressureEvents,
        long bytesSaved) {

    /** Returns how many objects there are: idle and in use. */
    public int size() {
        return idle + inUse;
    }

    /** Returns the share of the bound that is in use, from 0; above 1 where the settings allow objects beyond it. */
    public double utilisation() {
        return maxSize == 0 ? 0 : (double) inUse / maxSize;
    }

    /** Returns how often an object was handed out. */
    public long handedOut() {
        return created + firstUses + reused;
    }

    /** Returns the share of hand-outs whose object had served before, from 0 to 1; 0 before the first. */
    public double reuseRate() {
        return handedOut() == 0 ? 0 : (double) reused / handedOut();
    }
}

package dev.geotherm.api.pool;

import static dev.geotherm.api.metrics.MetricType.COUNTER;
import static dev.geotherm.api.metrics.MetricType.DISTRIBUTION;
import static dev.geotherm.api.metrics.MetricType.GAUGE;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Metric;

/**
 * The metrics of one pool since it was opened.
 *
 * <p>While no thread is inside a method of the pool, {@code inUse} equals {@link #acquired} minus {@code released} and
 * {@code leaked}, and {@code created + preallocated}, the number of objects that ever existed, equals {@code idle +
 * inUse + discarded + leaked}.
 *
 * @param created objects that were created for a caller
 * @param preallocated objects that were created in advance
 * @param firstUses preallocated objects that were acquired for the first time
 * @param reused acquisitions of an object that had been acquired before
 * @param released objects that were returned, by release or discard
 * @param discarded objects that were deallocated, for any reason
 * @param idle objects that can be acquired now
 * @param inUse objects that borrowers hold now
 * @param peak the maximum number of objects in use at once
 * @param maxSize the current bound
 * @param waits calls that had to wait for an object
 * @param waitTime how long these calls waited
 * @param refused releases and discards that were refused, see {@link PoolMisuseException}
 * @param leaked objects that a borrower dropped without releasing them
 * @param failures allocations, resets and validations that threw an exception; an object that is merely invalid is not
 *     a failure
 * @param pressureEvents calls of {@link ObjectPools#trim}, by the component itself or by others
 * @param allocationAvoided bytes that were not allocated because objects were reused: the sum of their sizes, as far as
 *     the allocator knows them
 */
public record PoolMetrics(
        @Metric(type = COUNTER, unit = "objects", description = "Objects created for a caller")
        long created,

        @Metric(type = COUNTER, unit = "objects", description = "Objects created in advance")
        long preallocated,

        @Metric(type = COUNTER, unit = "acquisitions", description = "First acquisitions of preallocated objects")
        long firstUses,

        @Metric(type = COUNTER, unit = "acquisitions", description = "Acquisitions of an object that was used before")
        long reused,

        @Metric(type = COUNTER, unit = "objects", description = "Objects returned, by release or discard")
        long released,

        @Metric(type = COUNTER, unit = "objects", description = "Objects deallocated, for any reason")
        long discarded,

        @Metric(type = GAUGE, unit = "objects", description = "Objects that can be acquired now")
        int idle,

        @Metric(type = GAUGE, unit = "objects", description = "Objects that borrowers hold now")
        int inUse,

        @Metric(type = GAUGE, unit = "objects", description = "Maximum number of objects in use at once")
        int peak,

        @Metric(type = GAUGE, unit = "objects", description = "Current bound")
        int maxSize,

        @Metric(type = COUNTER, unit = "calls", description = "Calls that had to wait for an object")
        long waits,

        @Metric(type = DISTRIBUTION, unit = "seconds", description = "Time that these calls waited")
        Distribution waitTime,

        @Metric(type = COUNTER, unit = "calls", description = "Releases and discards that were refused")
        long refused,

        @Metric(type = COUNTER, unit = "objects", description = "Objects that a borrower dropped without a release")
        long leaked,

        @Metric(
                type = COUNTER,
                unit = "calls",
                description = "Allocations, resets and validations that threw an exception")
        long failures,

        @Metric(type = COUNTER, unit = "events", description = "Times the pool was trimmed because of memory pressure")
        long pressureEvents,

        @Metric(type = COUNTER, unit = "bytes", description = "Allocation avoided by reuse, as far as sizes are known")
        long allocationAvoided) {

    /** Returns the number of objects, idle and in use. */
    public int size() {
        return idle + inUse;
    }

    /**
     * Returns the share of the bound that is in use, at least 0; above 1 if the settings allow objects beyond the
     * bound.
     */
    public double utilisation() {
        return maxSize == 0 ? 0 : (double) inUse / maxSize;
    }

    /** Returns the number of acquisitions. */
    public long acquired() {
        return created + firstUses + reused;
    }

    /** Returns the share of acquisitions that reused an object, from 0 to 1; 0 before the first acquisition. */
    public double reuseRate() {
        return acquired() == 0 ? 0 : (double) reused / acquired();
    }

    /**
     * Returns whether no object is left: borrowers have released or leaked each, and each is deallocated or leaked. The
     * numbers of objects of a closed pool no longer change then.
     */
    public boolean isDrained() {
        return size() == 0 && acquired() == released + leaked && created + preallocated == discarded + leaked;
    }
}

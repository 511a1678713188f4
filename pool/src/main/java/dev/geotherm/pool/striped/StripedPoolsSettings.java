package dev.geotherm.pool.striped;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.time.Duration;

/**
 * The settings of {@link StripedPools}, in force for each of its pools.
 *
 * @param initialSize objects made in advance when a pool is opened, as far as {@code maxSize} allows
 * @param minSize objects kept when demand falls, and made again in the background when there are fewer
 * @param maxSize the bound of each pool
 * @param whenExhausted what happens when all objects that the bound allows are in use
 * @param maxWait the longest wait for an object, where callers wait
 * @param cleanupInterval the time between two clean-ups, which fit a pool to its demand
 * @param demandPercentile which share of the measurements of demand a clean-up leaves enough objects for
 * @param sweepInterval the time between two sweeps, which measure demand and look for lost, old and idle objects
 * @param maxAge the age from which an idle object is given up; 0 for any
 * @param maxIdle the time without use from which an object is given up; 0 for any
 * @param pressureThreshold the share of the memory that is full after a collection, or of the container's limit, from
 *     which on memory counts as short; 0 to take no notice
 * @param whenMisused what happens when an object is returned that is not in use
 * @param exactReturns whether of two threads that return one object at the same moment one is refused
 * @param leakSampling the share of claims whose stack is kept, for the report of a loss
 */
public record StripedPoolsSettings(
        @Setting(
                defaultValue = "50",
                description = "Objects made in advance when a pool is opened, as far as maxSize allows.")
        int initialSize,

        @Setting(
                defaultValue = "0",
                description = "Objects kept when demand falls, and made again in the background when there are fewer.")
        int minSize,

        @Setting(
                defaultValue = "500",
                description =
                        "The most objects that each pool has; with whenExhausted=allocate, more may be in use, and none beyond it is kept.")
        int maxSize,

        @Setting(
                defaultValue = "allocate",
                description = "What a pool does when all of its objects are in use: allocate, wait or fail.")
        WhenExhausted whenExhausted,

        @Setting(defaultValue = "1s", description = "How long a caller waits for an object when whenExhausted is wait.")
        Duration maxWait,

        @Setting(defaultValue = "5m", description = "How often idle objects beyond recent demand are given up.")
        Duration cleanupInterval,

        @Setting(
                defaultValue = "0.99",
                description =
                        "The share of the recent measurements of demand, from 0 to 1, that a clean-up leaves enough objects for.")
        double demandPercentile,

        @Setting(
                defaultValue = "1s",
                description = "How often demand is measured, and lost, old and idle objects are looked for.")
        Duration sweepInterval,

        @Setting(defaultValue = "0s", description = "The age from which an idle object is given up; 0s for any.")
        Duration maxAge,

        @Setting(
                defaultValue = "0s",
                description = "The time without use from which an object is given up; 0s for any.")
        Duration maxIdle,

        @Setting(
                defaultValue = "0.9",
                description =
                        "How full the heap is after a collection, or the container's memory, from 0 to 1, when idle"
                                + " objects are given up; 0 for never.")
        double pressureThreshold,

        @Setting(
                defaultValue = "refuse",
                description =
                        "What happens when an object is returned that is not in use: refuse (throws) or count (logs the first).")
        WhenMisused whenMisused,

        @Setting(
                defaultValue = "false",
                description = "Whether of two threads that return one object at the same moment one is refused; costs a"
                        + " compare-and-set for each return.")
        boolean exactReturns,

        @Setting(
                defaultValue = "0.00001",
                description =
                        "The share of claims, from 0 to 1, whose stack is kept to be shown if their object is lost.")
        double leakSampling) {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Checks the bounds. */
    public StripedPoolsSettings {
        Problems problems = new Problems()
                .require(maxSize >= 1, "maxSize", "must be at least 1, was %s", maxSize)
                .require(initialSize >= 0, "initialSize", "must be at least 0, was %s", initialSize)
                .require(minSize >= 0, "minSize", "must be at least 0, was %s", minSize)
                .require(
                        minSize <= Math.max(maxSize, 1),
                        "minSize",
                        "must be at most maxSize (%s), was %s",
                        maxSize,
                        minSize)
                .require(
                        isBetween(SHORTEST, maxWait, LONGEST),
                        "maxWait",
                        "must be from 1ms to 36500d, was %s; for no wait set whenExhausted to fail",
                        maxWait);
        requireBetween(problems, SHORTEST, cleanupInterval, "cleanupInterval", "1ms");
        requireBetween(problems, SHORTEST, sweepInterval, "sweepInterval", "1ms");
        requireBetween(problems, Duration.ZERO, maxAge, "maxAge", "0s");
        requireBetween(problems, Duration.ZERO, maxIdle, "maxIdle", "0s");
        requireShare(problems, demandPercentile, "demandPercentile");
        requireShare(problems, pressureThreshold, "pressureThreshold");
        requireShare(problems, leakSampling, "leakSampling");
        problems.throwIfAny();
    }

    private static void requireBetween(Problems problems, Duration least, Duration value, String name, String shown) {
        problems.require(isBetween(least, value, LONGEST), name, "must be from %s to 36500d, was %s", shown, value);
    }

    private static boolean isBetween(Duration least, Duration value, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void requireShare(Problems problems, double value, String name) {
        problems.require(value >= 0 && value <= 1, name, "must be from 0 to 1, was %s", value);
    }

    /** Returns bits of which a claim's number has none if it is sampled: one in a power of two is. */
    long samplingMask() {
        if (leakSampling == 0) {
            return -1;
        }
        long every = (long) Math.min(1 / leakSampling, 1L << 62);
        return Long.highestOneBit(Math.max(every, 1)) - 1;
    }
}

package dev.geotherm.pool.striped;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.time.Duration;

/**
 * The settings of {@link StripedPools}; they apply to each of its pools.
 *
 * @param initialSize the number of objects preallocated when a pool is opened, as far as {@code maxSize} allows
 * @param minSize the number of objects kept when demand falls, and preallocated in the background when there are fewer,
 *     as far as {@code maxSize} allows
 * @param maxSize the bound of each pool
 * @param whenExhausted the reaction when all objects that the bound allows are in use
 * @param maxWait the maximum wait for an object, if callers wait
 * @param cleanupInterval the time between two clean-ups, which adapt the size of a pool to demand
 * @param demandPercentile the percentile of recent demand, from 0 to 1, for which a clean-up keeps enough objects
 * @param sweepInterval the time between two sweeps, which measure demand and find leaked, old and idle objects
 * @param maxAge the age from which an idle object is deallocated; 0 for no limit
 * @param maxIdle the idle time from which an object is deallocated; 0 for no limit
 * @param pressureThreshold the used share of the heap after a collection, or of the container's limit, from which there
 *     is memory pressure; 0 for never
 * @param whenMisused the reaction to a double release or a foreign object
 * @param exactReturns whether one of two simultaneous releases of an object is refused
 * @param leakSampling the share of acquisitions that record a stack trace, which is logged if the object leaks
 */
public record StripedPoolsSettings(
        @Setting(defaultValue = "50", description = "Objects preallocated when a pool is opened, up to maxSize.")
        int initialSize,

        @Setting(
                defaultValue = "0",
                description = "Objects kept when demand falls, and preallocated in the background when there are fewer,"
                        + " up to maxSize.")
        int minSize,

        @Setting(
                defaultValue = "500",
                description =
                        "The bound of each pool; with whenExhausted=allocate, more may be in use; objects beyond it are deallocated on release.")
        int maxSize,

        @Setting(
                defaultValue = "allocate",
                description = "What a pool does when all of its objects are in use: allocate, wait or fail.")
        WhenExhausted whenExhausted,

        @Setting(defaultValue = "1s", description = "How long a caller waits for an object when whenExhausted is wait.")
        Duration maxWait,

        @Setting(
                defaultValue = "5m",
                description = "How often idle objects beyond recent demand are deallocated.",
                shared = true)
        Duration cleanupInterval,

        @Setting(
                defaultValue = "0.99",
                description =
                        "The percentile of recent demand, from 0 to 1, for which a clean-up keeps enough objects.")
        double demandPercentile,

        @Setting(
                defaultValue = "1s",
                description = "How often the pools measure demand and look for leaked, old and idle objects.",
                shared = true)
        Duration sweepInterval,

        @Setting(
                defaultValue = "0s",
                description = "The age from which an idle object is deallocated; 0s for no limit.")
        Duration maxAge,

        @Setting(
                defaultValue = "0s",
                description = "The idle time from which an object is deallocated; 0s for no limit.")
        Duration maxIdle,

        @Setting(
                defaultValue = "0.9",
                description =
                        "Used share, from 0 to 1, of the heap after a collection, or of the container's memory limit, from"
                                + " which idle objects are deallocated; 0 for never.",
                shared = true)
        double pressureThreshold,

        @Setting(
                defaultValue = "refuse",
                description =
                        "What happens on a double release or a foreign object: refuse (throws) or count (logs the first).")
        WhenMisused whenMisused,

        @Setting(
                defaultValue = "false",
                description = "Whether one of two simultaneous releases of an object is refused; costs a"
                        + " compare-and-set per release.")
        boolean exactReturns,

        @Setting(
                defaultValue = "0.00001",
                description =
                        "The share of acquisitions, from 0 to 1, that record a stack trace, which is logged if the object leaks.")
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

    /**
     * Returns a bit mask: an acquisition is sampled if its number has none of these bits, so the rate is one in a power
     * of two.
     */
    long samplingMask() {
        if (leakSampling == 0) {
            return -1;
        }
        long every = (long) Math.min(1 / leakSampling, 1L << 62);
        return Long.highestOneBit(Math.max(every, 1)) - 1;
    }
}

package dev.geotherm.commonspool2;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.time.Duration;

/**
 * The settings of {@link CommonsPools} for each of its pools, with the same names as for the platform's other pools.
 *
 * @param initialSize the number of objects preallocated when a pool is opened, and kept when demand falls, up to {@code
 *     maxSize}
 * @param maxSize the maximum number of objects of each pool
 * @param cleanupInterval the time between two clean-ups
 * @param whenExhausted the behaviour when all objects within the bound are in use
 * @param maxWait the maximum wait for an object if callers wait
 * @param whenMisused the behaviour on a double release or a foreign object
 */
public record CommonsPoolsSettings(
        @Setting(
                defaultValue = "50",
                description = "Objects preallocated in each pool, and kept when demand falls, up to maxSize.")
        int initialSize,

        @Setting(
                defaultValue = "500",
                description =
                        "The bound of each pool; with whenExhausted=allocate, more may be in use; objects beyond it are deallocated on release.")
        int maxSize,

        @Setting(defaultValue = "5m", description = "How often idle objects beyond recent demand are deallocated.")
        Duration cleanupInterval,

        @Setting(
                defaultValue = "allocate",
                description = "What a pool does when all of its objects are in use: allocate, wait or fail.")
        WhenExhausted whenExhausted,

        @Setting(defaultValue = "1s", description = "How long a caller waits for an object when whenExhausted is wait.")
        Duration maxWait,

        @Setting(
                defaultValue = "refuse",
                description =
                        "What happens on a double release or a foreign object: refuse (throws) or count (logs the first).")
        WhenMisused whenMisused) {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Validates the bounds. */
    public CommonsPoolsSettings {
        new Problems()
                .require(maxSize >= 1, "maxSize", "must be at least 1, was %s", maxSize)
                .require(initialSize >= 0, "initialSize", "must be at least 0, was %s", initialSize)
                .require(
                        isWithinReason(cleanupInterval),
                        "cleanupInterval",
                        "must be from 1ms to 36500d, was %s",
                        cleanupInterval)
                .require(
                        isWithinReason(maxWait),
                        "maxWait",
                        "must be from 1ms to 36500d, was %s; for no wait set whenExhausted to fail",
                        maxWait)
                .throwIfAny();
    }

    private static boolean isWithinReason(Duration duration) {
        return duration.compareTo(Duration.ofMillis(1)) >= 0 && duration.compareTo(LONGEST) <= 0;
    }
}

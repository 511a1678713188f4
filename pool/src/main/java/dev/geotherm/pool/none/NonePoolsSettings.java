package dev.geotherm.pool.none;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.time.Duration;

/**
 * The settings of {@link NonePools}; they apply to each of its pools.
 *
 * @param maxSize the maximum number of objects in use at once, if callers wait or are refused
 * @param whenExhausted the reaction when that many are in use
 * @param maxWait the maximum wait, if callers wait
 * @param whenMisused the reaction to a double release or a foreign object
 */
public record NonePoolsSettings(
        @Setting(
                defaultValue = "500",
                description =
                        "The maximum number of objects in use in each pool; with whenExhausted=allocate, more may be in use.")
        int maxSize,

        @Setting(
                defaultValue = "allocate",
                description = "What a pool does when maxSize objects are in use: allocate, wait or fail.")
        WhenExhausted whenExhausted,

        @Setting(defaultValue = "1s", description = "How long a caller waits for an object when whenExhausted is wait.")
        Duration maxWait,

        @Setting(
                defaultValue = "refuse",
                description =
                        "What happens on a double release or a foreign object: refuse (throws) or count (logs the first).")
        WhenMisused whenMisused) {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Checks the bounds. */
    public NonePoolsSettings {
        new Problems()
                .require(maxSize >= 1, "maxSize", "must be at least 1, was %s", maxSize)
                .require(
                        maxWait.compareTo(Duration.ofMillis(1)) >= 0 && maxWait.compareTo(LONGEST) <= 0,
                        "maxWait",
                        "must be from 1ms to 36500d, was %s; for no wait set whenExhausted to fail",
                        maxWait)
                .throwIfAny();
    }
}

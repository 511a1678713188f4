package dev.geotherm.pool;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.pool.WhenExhausted;
import java.time.Duration;

/**
 * The settings of {@link DequePools}, in force for each of its pools.
 *
 * @param initialSize objects made in advance when a pool is opened, and kept when demand falls
 * @param maxSize the bound of each pool
 * @param cleanupInterval the time between two clean-ups
 * @param whenExhausted what happens when all objects that the bound allows are in use
 * @param maxWait the longest wait for an object, where callers wait
 * @param pressureThreshold the share of a memory pool that is full after a collection from which on memory counts as
 *     short; 0 to take no notice
 */
public record DequePoolsSettings(
        @Setting(byDefault = "50", description = "Objects made in advance in each pool, and kept when demand falls.")
        int initialSize,

        @Setting(
                byDefault = "500",
                description =
                        "The most objects that each pool has; with whenExhausted=allocate, more may be in use, and none beyond it is kept.")
        int maxSize,

        @Setting(byDefault = "5m", description = "How often idle objects beyond recent demand are given up.")
        Duration cleanupInterval,

        @Setting(
                byDefault = "allocate",
                description = "What a pool does when all of its objects are in use: allocate, wait or fail.")
        WhenExhausted whenExhausted,

        @Setting(byDefault = "1s", description = "How long a caller waits for an object when whenExhausted is wait.")
        Duration maxWait,

        @Setting(
                byDefault = "0.9",
                description =
                        "How full the heap is after a collection, from 0 to 1, when idle objects are given up; 0 for"
                                + " never.")
        double pressureThreshold) {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Checks the bounds. */
    public DequePoolsSettings {
        new Problems()
                .require(maxSize >= 1, "maxSize", "must be at least 1, was %s", maxSize)
                .require(initialSize >= 0, "initialSize", "must be at least 0, was %s", initialSize)
                .require(
                        initialSize <= Math.max(maxSize, 1),
                        "initialSize",
                        "must be at most maxSize (%s), was %s",
                        maxSize,
                        initialSize)
                .require(
                        cleanupInterval.compareTo(Duration.ofMillis(1)) >= 0 && cleanupInterval.compareTo(LONGEST) <= 0,
                        "cleanupInterval",
                        "must be from 1ms to 36500d, was %s",
                        cleanupInterval)
                .require(
                        maxWait.compareTo(Duration.ofMillis(1)) >= 0 && maxWait.compareTo(LONGEST) <= 0,
                        "maxWait",
                        "must be from 1ms to 36500d, was %s; for no wait set whenExhausted to fail",
                        maxWait)
                .require(
                        pressureThreshold >= 0 && pressureThreshold <= 1,
                        "pressureThreshold",
                        "must be from 0 to 1, was %s",
                        pressureThreshold)
                .throwIfAny();
    }
}

package dev.geotherm.pool.slab;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import java.time.Duration;

/**
 * The settings of {@link SlabPools}: those of the pools themselves, which are {@link StripedPoolsSettings}, and two about
 * native memory.
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
 * @param exactReturns whether of two threads that return one object at the same moment one is refused; always, because
 *     the other would write into memory that may be somebody else's by then
 * @param leakSampling the share of claims whose stack is kept, for the report of a loss
 * @param blockSize how much native memory is taken at once for vectors; a larger vector has a block of its own
 * @param memoryLimit the most native memory that all pools together take; 0 for as much as the JVM allows
 */
public record SlabPoolsSettings(
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
                defaultValue = "true",
                description =
                        "Of two threads that return one object at the same moment one is refused: always true here.")
        boolean exactReturns,

        @Setting(
                defaultValue = "0.00001",
                description =
                        "The share of claims, from 0 to 1, whose stack is kept to be shown if their object is lost.")
        double leakSampling,

        @Setting(
                defaultValue = "1MiB",
                description = "How much native memory is taken at once for vectors; applies to pools opened later.")
        DataSize blockSize,

        @Setting(
                defaultValue = "0",
                description = "The most native memory that all pools together take; 0 for as much as the JVM allows.")
        DataSize memoryLimit) {
    private static final DataSize SMALLEST_BLOCK = DataSize.parse("4KiB");
    private static final DataSize LARGEST_BLOCK = DataSize.parse("1GiB");

    /** Checks the bounds. */
    public SlabPoolsSettings {
        Problems problems = new Problems();
        try {
            new StripedPoolsSettings(
                    initialSize,
                    minSize,
                    maxSize,
                    whenExhausted,
                    maxWait,
                    cleanupInterval,
                    demandPercentile,
                    sweepInterval,
                    maxAge,
                    maxIdle,
                    pressureThreshold,
                    whenMisused,
                    exactReturns,
                    leakSampling);
        } catch (SettingsException refused) {
            refused.problems().forEach(problems::add);
        }
        problems.require(
                        exactReturns,
                        "exactReturns",
                        "must be true for native memory: a late return would write into memory that was freed")
                .require(
                        blockSize.compareTo(SMALLEST_BLOCK) >= 0 && blockSize.compareTo(LARGEST_BLOCK) <= 0,
                        "blockSize",
                        "must be from %s to %s, was %s",
                        SMALLEST_BLOCK,
                        LARGEST_BLOCK,
                        blockSize)
                .require(
                        memoryLimit.bytes() == 0 || memoryLimit.compareTo(blockSize) >= 0,
                        "memoryLimit",
                        "must be 0 or at least blockSize (%s), was %s",
                        blockSize,
                        memoryLimit)
                .throwIfAny();
    }

    /** Returns the settings of the pools themselves. */
    StripedPoolsSettings striped() {
        return new StripedPoolsSettings(
                initialSize,
                minSize,
                maxSize,
                whenExhausted,
                maxWait,
                cleanupInterval,
                demandPercentile,
                sweepInterval,
                maxAge,
                maxIdle,
                pressureThreshold,
                whenMisused,
                exactReturns,
                leakSampling);
    }
}

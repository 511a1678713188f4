package dev.geotherm.pool.slab;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.Settings;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import java.util.Map;

/**
 * The settings of {@link SlabPools}: those of the pools, {@link StripedPoolsSettings}, and two for native memory.
 *
 * @param pools the settings of the pools; {@code exactReturns} is always on, because an accepted double release could
 *     write into memory that has another borrower
 * @param blockSize the size of a block of native memory; a larger vector gets its own block
 * @param memoryLimit the maximum native memory of all pools together; 0 for no limit besides that of the JVM
 */
public record SlabPoolsSettings(
        StripedPoolsSettings pools,

        @Setting(
                defaultValue = "1MiB",
                description = "How much native memory is allocated at once for vectors; applies to pools opened later.")
        DataSize blockSize,

        @Setting(
                defaultValue = "0",
                description = "The maximum native memory of all pools together; 0 for as much as the JVM allows.",
                shared = true)
        DataSize memoryLimit) {
    private static final DataSize SMALLEST_BLOCK = DataSize.parse("4KiB");
    private static final DataSize LARGEST_BLOCK = DataSize.parse("1GiB");

    /** Enables {@code exactReturns} and checks the bounds. */
    public SlabPoolsSettings {
        requireNonNull(pools, "pools");
        if (!pools.exactReturns()) {
            pools = Settings.with(pools, Map.of("exactReturns", "true"));
        }
        new Problems()
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
}

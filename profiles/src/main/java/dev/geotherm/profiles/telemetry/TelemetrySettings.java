package dev.geotherm.profiles.telemetry;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;

/**
 * The settings of telemetry.
 *
 * @param detail whether samples contain the metrics of each named instance
 * @param realTime whether samples are taken every second instead of only at the end
 * @param retention how long samples are kept
 * @param export whether samples are written to a file as they are taken
 * @param exportSize the maximum disk space of exported samples
 */
public record TelemetrySettings(
        @Setting(
                defaultValue = "false",
                description = "Sample each named instance (pool, pipeline, cache), not only the totals of counters.")
        boolean detail,

        @Setting(defaultValue = "false", description = "Sample every second, not only at the end.")
        boolean realTime,

        @Setting(defaultValue = "24h", description = "How long samples are kept.")
        Duration retention,

        @Setting(defaultValue = "false", description = "Write samples to telemetry.jsonl as they are taken.")
        boolean export,

        @Setting(
                defaultValue = "64MiB",
                description = "The disk space that exported samples may take; older ones are deleted.")
        DataSize exportSize) {
    private static final DataSize SMALLEST_EXPORT = DataSize.parse("64KiB");

    /** Checks retention and size. */
    public TelemetrySettings {
        new Problems()
                .require(
                        !retention.isZero() && !retention.isNegative(),
                        "retention",
                        "must be longer than 0, was %ss",
                        retention.toSeconds())
                .require(
                        exportSize.bytes() >= SMALLEST_EXPORT.bytes(),
                        "exportSize",
                        "must be at least %s, was %s",
                        SMALLEST_EXPORT,
                        exportSize)
                .throwIfAny();
    }
}

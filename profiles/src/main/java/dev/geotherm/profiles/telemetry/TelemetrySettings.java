package dev.geotherm.profiles.telemetry;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;

/**
 * How a platform watches its components.
 *
 * @param detail whether samples hold every figure of every component, or the headline figures only
 * @param realTime whether samples are taken each second, or at the end only
 * @param retention how long samples are kept
 * @param export whether samples are written to a file as they are taken
 */
public record TelemetrySettings(
        @Setting(
                defaultValue = "false",
                description = "Keep every figure of every component, not the headline figures only.")
        boolean detail,

        @Setting(defaultValue = "false", description = "Sample each second, not at the end only.")
        boolean realTime,

        @Setting(defaultValue = "24h", description = "How long samples are kept.")
        Duration retention,

        @Setting(defaultValue = "false", description = "Write samples to telemetry.jsonl as they are taken.")
        boolean export) {

    /** Checks the retention. */
    public TelemetrySettings {
        new Problems()
                .require(
                        !retention.isZero() && !retention.isNegative(),
                        "retention",
                        "must be longer than 0, was %ss",
                        retention.toSeconds())
                .throwIfAny();
    }
}

package dev.geotherm.engine;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.Settings;
import java.time.Duration;

/**
 * The settings of the scheduled upkeep of {@link Knowledge}. An interval of 0 disables its task.
 *
 * @param anchorInterval the time between two runs of anchor upkeep: decay, eviction, and a commit, which also trims the
 *     history of the state to its bounds
 * @param refreshInterval the time between two refreshes of the passage index
 */
public record UpkeepSettings(
        @Setting(
                defaultValue = "1h",
                description = "How often anchors decay and old and cold ones are evicted; 0 for never.")
        Duration anchorInterval,

        @Setting(
                defaultValue = "1m",
                description = "How often new passages become searchable while documents are ingested; 0 for never.")
        Duration refreshInterval) {

    /** Checks the bounds. */
    public UpkeepSettings {
        new Problems()
                .require(!anchorInterval.isNegative(), "anchorInterval", "must be at least 0, was %s", anchorInterval)
                .require(
                        !refreshInterval.isNegative(), "refreshInterval", "must be at least 0, was %s", refreshInterval)
                .throwIfAny();
    }

    /** Returns the defaults. */
    public static UpkeepSettings defaults() {
        return Settings.defaults(UpkeepSettings.class);
    }
}

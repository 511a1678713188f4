package dev.geotherm.profiles;

import dev.geotherm.api.Setting;
import dev.geotherm.api.profile.LogLevel;

/**
 * The settings of a profile that belong to no section.
 *
 * @param debug whether the profile is for looking for faults
 * @param logLevel how much is logged
 */
record PlatformSettings(
        @Setting(byDefault = "false", description = "whoever runs the platform is looking for faults")
        boolean debug,

        @Setting(byDefault = "info", description = "how much is logged")
        LogLevel logLevel) {}

package dev.geotherm.profiles.config;

import dev.geotherm.api.Setting;

/**
 * The settings of a profile that belong to no section.
 *
 * @param debug whether the profile is for looking for faults
 * @param logLevel how much is logged
 */
record PlatformSettings(
        @Setting(
                defaultValue = "false",
                description = "Somebody looks for faults: the command shows the log on the terminal, too.")
        boolean debug,

        @Setting(defaultValue = "info", description = "How much is logged.")
        LogLevel logLevel) {}

package dev.geotherm.profiles.config;

import dev.geotherm.api.Setting;

/**
 * The settings of a profile outside of its sections.
 *
 * @param debug whether the log is also shown on the terminal
 * @param logLevel the level of the log
 */
record PlatformSettings(
        @Setting(defaultValue = "false", description = "Debugging: the command also shows the log on the terminal.")
        boolean debug,

        @Setting(defaultValue = "info", description = "How much is logged.")
        LogLevel logLevel) {}

package com.example.badge;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of the scrub rule {@code badge}.
 *
 * @param prefix the letters before each number
 */
public record BadgeSettings(
        @Setting(defaultValue = "EMP", description = "Letters in front of each number.")
        String prefix) {

    /** Validates the letters. */
    public BadgeSettings {
        new Problems()
                .require(prefix.matches("[A-Z]{1,8}"), "prefix", "must be 1 to 8 letters from A to Z, was '%s'", prefix)
                .throwIfAny();
    }
}

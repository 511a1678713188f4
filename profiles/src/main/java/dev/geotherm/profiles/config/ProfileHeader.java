package dev.geotherm.profiles.config;

import dev.geotherm.api.Setting;

/**
 * The header of a profile file, bound like settings, so that its problems are reported in the same form.
 *
 * @param description one sentence for users
 * @param focus the purpose of the profile
 */
record ProfileHeader(
        @Setting(defaultValue = "", description = "One sentence for users.")
        String description,

        @Setting(defaultValue = "general", description = "The purpose of the profile.")
        ProfileFocus focus) {}

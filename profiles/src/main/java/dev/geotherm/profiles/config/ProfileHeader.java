package dev.geotherm.profiles.config;

import dev.geotherm.api.Setting;

/**
 * The header of a profile file, bound like settings, so that its problems are reported in the same form.
 *
 * @param description one sentence for people
 * @param focus what the profile is made for
 */
record ProfileHeader(
        @Setting(defaultValue = "", description = "One sentence for people.")
        String description,

        @Setting(defaultValue = "general", description = "What the profile is made for.")
        ProfileFocus focus) {}

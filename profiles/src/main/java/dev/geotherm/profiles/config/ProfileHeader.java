package dev.geotherm.profiles.config;

import dev.geotherm.api.Setting;

/**
 * What a profile file says about itself, read as settings are, so that its problems are worded alike.
 *
 * @param description one sentence for people
 * @param focus what the profile is made for
 */
record ProfileHeader(
        @Setting(defaultValue = "", description = "One sentence for people.")
        String description,

        @Setting(defaultValue = "general", description = "What the profile is made for.")
        ProfileFocus focus) {}

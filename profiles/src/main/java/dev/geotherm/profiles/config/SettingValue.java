package dev.geotherm.profiles.config;

import dev.geotherm.api.Problem;

/**
 * A value given for a setting, with its source.
 *
 * @param key dotted
 * @param text as written
 * @param origin the source, see {@link dev.geotherm.profiles.config.EffectiveSetting#origin}
 * @param place its position, for messages
 * @param level the precedence: 0 for the oldest ancestor, one more for each profile, overrides last
 * @param list whether it was written as a list
 */
record SettingValue(String key, String text, String origin, String place, int level, boolean list) {

    /** Returns a problem with this value. */
    Problem problem(String message) {
        return new Problem(key, message + " (" + place + ")");
    }
}

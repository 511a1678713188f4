package dev.geotherm.profiles.config;

import dev.geotherm.api.Problem;

/**
 * The text that somebody gave to a setting.
 *
 * @param key dotted
 * @param text as written
 * @param origin who wrote it, as {@link dev.geotherm.profiles.config.EffectiveSetting#origin} says it
 * @param place where it is written, for messages
 * @param level how late it was said: 0 is the oldest ancestor, each profile is one more, overrides are last
 * @param list whether it was written as a list
 */
record SettingValue(String key, String text, String origin, String place, int level, boolean list) {

    /** Returns what is wrong with this value. */
    Problem problem(String message) {
        return new Problem(key, message + " (" + place + ")");
    }
}

package dev.geotherm.profiles.config;

import dev.geotherm.api.Problem;

/**
 * A value given for a setting, with its source.
 *
 * @param key the dotted key
 * @param text the value as written
 * @param origin the source, see {@link dev.geotherm.profiles.config.EffectiveSetting#origin}
 * @param place its position, for messages
 * @param level the precedence: 0 for the oldest ancestor, one more for each profile, overrides last
 * @param list whether it was written as a list
 * @param builtIn whether it is from a built-in profile
 */
record SettingValue(String key, String text, String origin, String place, int level, boolean list, boolean builtIn) {

    /** Returns the key and the source, without the text, which may be secret. */
    @Override
    public String toString() {
        return "SettingValue[" + key + ", " + place + "]";
    }

    /** Returns a problem with this value. */
    Problem problem(String message) {
        return new Problem(key, message + " (" + place + ")");
    }
}

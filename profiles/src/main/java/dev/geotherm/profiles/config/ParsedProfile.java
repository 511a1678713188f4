package dev.geotherm.profiles.config;

import dev.geotherm.api.Problem;
import dev.geotherm.api.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A parsed profile with the positions and problems of its text.
 *
 * @param profile the parts that could be read
 * @param lines the line of each dotted key, from 1
 * @param lists the dotted keys of values that were written as lists
 * @param problems the problems in the text
 */
record ParsedProfile(Profile profile, Map<String, Integer> lines, Set<String> lists, List<Problem> problems) {

    ParsedProfile {
        lines = Map.copyOf(lines);
        lists = Set.copyOf(lists);
        problems = List.copyOf(problems);
    }

    /** Returns the profile, or throws if its text has problems. */
    Profile sound() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return profile;
    }

    /** Returns the position of a key for messages: {@code profile mine, /home/me/mine.yaml line 7}. */
    String place(String key) {
        return place(profile.name(), profile.origin(), lines.getOrDefault(key, 0));
    }

    static String place(String name, String origin, int line) {
        return "profile " + name + ", " + origin + (line > 0 ? " line " + line : "");
    }
}

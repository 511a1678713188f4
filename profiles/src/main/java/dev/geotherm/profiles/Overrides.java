package dev.geotherm.profiles;

import java.util.List;
import java.util.Map;

/**
 * What outranks a profile: environment variables, and above them {@code --set key=value}.
 *
 * @param environment all variables; those that do not start with {@code GEOTHERM_} are not looked at
 * @param sets texts by dotted key
 */
@SuppressWarnings("DoNotCallSuggester")
public record Overrides(Map<String, String> environment, Map<String, String> sets) {

    /** Copies both. */
    public Overrides {
        environment = Map.copyOf(environment);
        sets = Map.copyOf(sets);
    }

    /** Returns no overrides. */
    public static Overrides none() {
        return new Overrides(Map.of(), Map.of());
    }

    /** Reads {@code key=value} texts. */
    public static Overrides of(Map<String, String> environment, List<String> keyEqualsValue) {
        throw new IllegalStateException("follows");
    }
}

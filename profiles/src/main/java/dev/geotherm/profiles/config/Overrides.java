package dev.geotherm.profiles.config;

import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.SettingsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The values that override a profile: environment variables and, with higher precedence, {@code --set key=value}.
 *
 * @param environment all variables; those without the prefix {@code GEOTHERM_} are ignored
 * @param sets texts by dotted key
 */
public record Overrides(Map<String, String> environment, Map<String, String> sets) {

    /** Copies both. */
    public Overrides {
        environment = Map.copyOf(environment);
        sets = Map.copyOf(sets);
    }

    /** Returns the names that are set, without the values, which may be secret. */
    @Override
    public String toString() {
        return "Overrides[environment=" + new TreeSet<>(environment.keySet()) + ", sets=" + new TreeSet<>(sets.keySet())
                + "]";
    }

    /** Returns no overrides. */
    public static Overrides none() {
        return new Overrides(Map.of(), Map.of());
    }

    /**
     * Parses texts of the form {@code pool.maxSize=200}; if a key occurs twice, the later one wins.
     *
     * @throws SettingsException with every text that has another form
     */
    public static Overrides of(Map<String, String> environment, List<String> keyEqualsValue) {
        Problems problems = new Problems();
        Map<String, String> sets = new LinkedHashMap<>();
        for (String text : keyEqualsValue) {
            int equals = text.indexOf('=');
            if (equals < 1 || text.substring(0, equals).isBlank()) {
                problems.add(new Problem("", "--set must be key=value, such as pool.maxSize=200, was '" + text + "'"));
            } else {
                sets.put(text.substring(0, equals).strip(), text.substring(equals + 1));
            }
        }
        problems.throwIfAny();
        return new Overrides(environment, sets);
    }
}

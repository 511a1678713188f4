package dev.geotherm.profiles.config;

import dev.geotherm.api.Problems;
import dev.geotherm.profiles.plugin.Discovery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values given for each setting, with their sources, from the oldest ancestor to {@code --set}: the last one wins.
 *
 * <p>Confined to one thread.
 */
final class SettingSources {
    static final int OVERRIDE = Integer.MAX_VALUE;

    private final Map<String, List<SettingValue>> given = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** Adds the values of a profile; call it for the oldest ancestor first. */
    void add(ParsedProfile source, int level) {
        source.profile()
                .values()
                .forEach((key, text) -> add(new SettingValue(
                        key,
                        text,
                        "profile " + source.profile().name(),
                        source.place(key),
                        level,
                        source.lists().contains(key),
                        source.profile().origin().equals(Profiles.BUILT_IN))));
    }

    /** Adds the values of environment variables and, with higher precedence, of {@code --set}. */
    void add(Overrides overrides, Discovery discovery, Problems problems) {
        EnvironmentVariables variables = new EnvironmentVariables(discovery, instanceKeys(overrides));
        new TreeMap<>(overrides.environment()).forEach((variable, text) -> {
            if (!EnvironmentVariables.isCandidate(variable)) {
                return;
            } else if (variables.isForeign(variable)) {
                variables.warning(variable).ifPresent(warnings::add);
                return;
            }
            String key = variables.key(variable, problems);
            if (key != null) {
                String origin = "environment " + variable;
                add(new SettingValue(key, text, origin, origin, OVERRIDE, false, false));
            }
        });
        new TreeMap<>(overrides.sets())
                .forEach((key, text) -> add(new SettingValue(key, text, "--set", "--set", OVERRIDE, false, false)));
    }

    /** Returns the warnings about ignored values, for users. */
    List<String> warnings() {
        return warnings;
    }

    private Set<InstanceKey> instanceKeys(Overrides overrides) {
        Set<InstanceKey> keys = new HashSet<>();
        Stream.concat(given.keySet().stream(), overrides.sets().keySet().stream())
                .forEach(key -> {
                    InstanceKey instance = InstanceKey.of(key);
                    if (instance != null) {
                        keys.add(instance);
                    }
                });
        return keys;
    }

    private void add(SettingValue value) {
        given.computeIfAbsent(value.key(), key -> new ArrayList<>()).add(value);
    }

    /** Returns the effective value of a setting, or null if none is given. */
    @Nullable
    SettingValue value(String key) {
        return valueAt(key, OVERRIDE);
    }

    /** Returns the value of a setting from the sources up to a level, or null if no value is given there. */
    @Nullable
    SettingValue valueAt(String key, int level) {
        SettingValue last = null;
        for (SettingValue value : given.getOrDefault(key, List.of())) {
            if (value.level() <= level) {
                last = value;
            }
        }
        return last;
    }

    /** Returns the effective values of a section by setting name, without those of instances. */
    Map<String, SettingValue> section(String section) {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        given.forEach((key, all) -> {
            if (key.startsWith(section + ".") && InstanceKey.of(key) == null) {
                values.put(key.substring(section.length() + 1), last(all));
            }
        });
        return values;
    }

    /** Returns the effective values of the settings of a section's instances. */
    Map<InstanceKey, SettingValue> instances(String section) {
        Map<InstanceKey, SettingValue> values = new LinkedHashMap<>();
        given.forEach((key, all) -> {
            InstanceKey instance = InstanceKey.of(key);
            if (instance != null && instance.section().equals(section)) {
                values.put(instance, last(all));
            }
        });
        return values;
    }

    private static SettingValue last(List<SettingValue> all) {
        return all.get(all.size() - 1);
    }

    /** Returns the effective values that belong to no section. */
    List<SettingValue> outsideSections() {
        List<SettingValue> values = new ArrayList<>();
        given.forEach((key, all) -> {
            int dot = key.indexOf('.');
            if (dot < 0 || !ProfileReader.SECTIONS.contains(key.substring(0, dot))) {
                values.add(last(all));
            }
        });
        return values;
    }
}

package dev.geotherm.profiles.config;

import dev.geotherm.api.NearestName;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Settings;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was said about every setting, by whom, from the oldest ancestor to {@code --set}: the last word counts.
 *
 * <p>Confined to one thread.
 */
final class SettingSources {
    static final int OVERRIDE = Integer.MAX_VALUE;
    private static final String PREFIX = "GEOTHERM_";

    /** Variables of the command and its launcher, which are no settings. */
    private static final Set<String> RESERVED =
            Set.of("GEOTHERM_HOME", "GEOTHERM_OPTS", "GEOTHERM_PLUGINS", "GEOTHERM_PROFILE", "GEOTHERM_PROFILES");

    private final Map<String, List<SettingValue>> said = new TreeMap<>();

    /** Adds what a profile says; to be called from the oldest ancestor on. */
    void add(ParsedProfile source, int level) {
        source.profile()
                .values()
                .forEach((key, text) -> add(new SettingValue(
                        key,
                        text,
                        "profile " + source.profile().name(),
                        source.place(key),
                        level,
                        source.lists().contains(key))));
    }

    /** Adds what variables and, above them, {@code --set} say. */
    void add(Overrides overrides, Discovery discovery, Problems problems) {
        Map<String, String> keys = variables(discovery);
        new TreeMap<>(overrides.environment()).forEach((variable, text) -> {
            if (!variable.startsWith(PREFIX) || RESERVED.contains(variable)) {
                return;
            }
            String key = keys.get(variable);
            if (key == null) {
                Set<String> known = new TreeSet<>(keys.keySet());
                known.addAll(RESERVED);
                String near = NearestName.of(variable, known)
                        .map(name -> ", did you mean '" + name + "'?")
                        .orElse("; a setting's is " + variable("pool.maxSize") + " for pool.maxSize");
                problems.add(new Problem(variable, "unknown environment variable" + near));
            } else {
                String origin = "environment " + variable;
                add(new SettingValue(key, text, origin, origin, OVERRIDE, false));
            }
        });
        new TreeMap<>(overrides.sets())
                .forEach((key, text) -> add(new SettingValue(key, text, "--set", "--set", OVERRIDE, false)));
    }

    private void add(SettingValue value) {
        said.computeIfAbsent(value.key(), key -> new ArrayList<>()).add(value);
    }

    /** Returns the last word about a setting, or null if nobody said anything. */
    @Nullable
    SettingValue value(String key) {
        return valueAt(key, OVERRIDE);
    }

    /** Returns what counted about a setting when everything up to a level had been said. */
    @Nullable
    SettingValue valueAt(String key, int level) {
        SettingValue last = null;
        for (SettingValue value : said.getOrDefault(key, List.of())) {
            if (value.level() <= level) {
                last = value;
            }
        }
        return last;
    }

    /** Returns the last words about the settings of a section, by their name in it. */
    Map<String, SettingValue> section(String section) {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        said.forEach((key, all) -> {
            if (key.startsWith(section + ".")) {
                values.put(key.substring(section.length() + 1), all.get(all.size() - 1));
            }
        });
        return values;
    }

    /** Returns the last words about everything that belongs to no section. */
    List<SettingValue> outsideSections() {
        List<SettingValue> values = new ArrayList<>();
        said.forEach((key, all) -> {
            int dot = key.indexOf('.');
            if (dot < 0 || !ProfileReader.SECTIONS.contains(key.substring(0, dot))) {
                values.add(all.get(all.size() - 1));
            }
        });
        return values;
    }

    /** Returns the variable of a setting: {@code GEOTHERM_POOL_MAX_SIZE} of {@code pool.maxSize}. */
    static String variable(String key) {
        return PREFIX
                + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> variables(Discovery discovery) {
        Map<String, String> keys = new HashMap<>();
        ProfileReader.TOP.forEach(key -> keys.put(variable(key), key));
        for (String name : Settings.names(TelemetrySettings.class)) {
            String key = ProfileReader.TELEMETRY + "." + name;
            keys.put(variable(key), key);
        }
        for (ComponentKind kind : ComponentKind.values()) {
            String use = kind.section() + "." + ProfileReader.USE;
            keys.put(variable(use), use);
        }
        for (DiscoveredFactory found : discovery.all()) {
            for (String name : Settings.names(found.factory().settings())) {
                String key = found.kind().section() + "." + name;
                keys.put(variable(key), key);
            }
        }
        return keys;
    }
}

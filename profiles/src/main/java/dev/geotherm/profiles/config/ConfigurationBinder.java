package dev.geotherm.profiles.config;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.NearestName;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a lineage of profiles and what outranks it into settings records, gathering everything that is wrong on the way.
 *
 * <p>Used once, by one thread.
 */
final class ConfigurationBinder {
    private static final String MASK = "***";

    private final Discovery discovery;
    private final SettingSources layers = new SettingSources();
    private final Problems problems = new Problems();
    private final List<EffectiveSetting> effective = new ArrayList<>();
    private final Map<ComponentKind, BoundComponent> chosen = new EnumMap<>(ComponentKind.class);

    private ConfigurationBinder(Discovery discovery) {
        this.discovery = discovery;
    }

    static Configuration bind(Profiles profiles, String name, Overrides overrides, Discovery discovery) {
        List<ParsedProfile> lineage = profiles.lineage(profiles.source(name));
        ConfigurationBinder binding = new ConfigurationBinder(discovery);
        for (int i = lineage.size() - 1; i >= 0; i--) {
            lineage.get(i).problems().forEach(binding.problems::add);
            binding.layers.add(lineage.get(i), lineage.size() - 1 - i);
        }
        binding.layers.add(overrides, discovery, binding.problems);
        return binding.bind(lineage.get(0).profile());
    }

    private Configuration bind(Profile profile) {
        PlatformSettings top = top();
        for (ComponentKind kind : ComponentKind.values()) {
            component(kind);
        }
        TelemetrySettings telemetry = record(
                TelemetrySettings.class,
                ProfileReader.TELEMETRY,
                known(ProfileReader.TELEMETRY, Settings.names(TelemetrySettings.class)));
        problems.throwIfAny();
        return new Configuration(profile, chosen, effective, telemetry, top);
    }

    private PlatformSettings top() {
        Map<String, SettingValue> values = new HashMap<>();
        for (SettingValue value : layers.outsideSections()) {
            if (ProfileReader.TOP.contains(value.key())) {
                values.put(value.key(), value);
            } else {
                problems.add(value.problem(NearestName.unknown("setting", value.key(), allKeys())));
            }
        }
        return record(PlatformSettings.class, "", values);
    }

    private void component(ComponentKind kind) {
        DiscoveredFactory found = choose(kind);
        if (found == null) {
            // Which settings there are is not known, but a key that no implementation has is wrong in any case.
            known(kind.section(), List.copyOf(namesOf(kind)));
            return;
        }
        Class<? extends Record> type = found.factory().settings();
        chosen.put(kind, new BoundComponent(found, record(type, kind.section(), ofImplementation(kind, found))));
    }

    private @Nullable DiscoveredFactory choose(ComponentKind kind) {
        String key = kind.section() + "." + ProfileReader.USE;
        SettingValue use = layers.value(key);
        if (use == null) {
            if (problems.list().stream().anyMatch(problem -> problem.path().equals(key))) {
                return null; // it was named, in a form that could not be read
            }
            List<String> names =
                    discovery.of(kind).stream().map(DiscoveredFactory::name).toList();
            problems.add(new Problem(
                    key,
                    "must name an implementation; "
                            + (names.isEmpty() ? "there is none" : "there are " + String.join(", ", names))));
            return null;
        }
        try {
            DiscoveredFactory found = discovery.find(kind, use.text().strip());
            effective.add(new EffectiveSetting(key, found.name(), use.origin(), false, found.description()));
            return found;
        } catch (GeothermException unknown) {
            problems.add(use.problem(String.valueOf(unknown.getMessage())));
            return null;
        }
    }

    /** Returns the values that the chosen implementation takes; what was meant for another one that was in force then is left out. */
    private Map<String, SettingValue> ofImplementation(ComponentKind kind, DiscoveredFactory found) {
        List<String> names = Settings.names(found.factory().settings());
        Map<String, SettingValue> values = settingsOf(kind.section());
        Map<String, SettingValue> taken = new HashMap<>();
        values.forEach((name, value) -> {
            if (names.contains(name)) {
                taken.put(name, value);
            } else if (!wasMeantForAnother(kind, found, name, value)) {
                List<String> others = discovery.of(kind).stream()
                        .filter(other ->
                                Settings.names(other.factory().settings()).contains(name))
                        .map(DiscoveredFactory::name)
                        .toList();
                problems.add(value.problem(
                        others.isEmpty()
                                ? NearestName.unknown("setting", name, names)
                                : "is a setting of the implementation " + String.join(" and ", others) + ", not of "
                                        + found.name()));
            }
        });
        return taken;
    }

    /** An ancestor that had chosen another implementation may have set what only that one has. */
    private boolean wasMeantForAnother(ComponentKind kind, DiscoveredFactory found, String name, SettingValue value) {
        SettingValue then = layers.valueAt(kind.section() + "." + ProfileReader.USE, value.level());
        if (value.level() == SettingSources.OVERRIDE
                || then == null
                || then.text().strip().equals(found.name())) {
            return false;
        }
        List<DiscoveredFactory> others = discovery.of(kind).stream()
                .filter(other -> other.name().equals(then.text().strip()))
                .toList();
        return others.isEmpty()
                || Settings.names(others.get(0).factory().settings()).contains(name);
    }

    private Map<String, SettingValue> known(String section, List<String> names) {
        Map<String, SettingValue> known = new HashMap<>();
        settingsOf(section).forEach((name, value) -> {
            if (names.contains(name)) {
                known.put(name, value);
            } else {
                problems.add(value.problem(NearestName.unknown("setting", name, names)));
            }
        });
        return known;
    }

    private Map<String, SettingValue> settingsOf(String section) {
        Map<String, SettingValue> values = layers.section(section);
        if (!section.equals(ProfileReader.TELEMETRY)) {
            values.remove(ProfileReader.USE);
        }
        return values;
    }

    private <S extends Record> S record(Class<S> type, String section, Map<String, SettingValue> values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((name, value) -> {
            if (value.list() && !isList(type, name)) {
                problems.add(value.problem("must be a plain value, was a list"));
            } else {
                texts.put(name, value.text());
            }
        });
        S bound;
        try {
            bound = Settings.of(type, texts);
        } catch (SettingsException wrong) {
            wrong.problems().forEach(problem -> problems.add(placed(type, section, values, problem)));
            bound = Settings.defaults(type);
        }
        Map<String, String> written = Settings.toTexts(bound);
        for (Settings.Described setting : Settings.describe(type)) {
            SettingValue value = values.get(setting.name());
            String text = written.getOrDefault(setting.name(), "");
            effective.add(new EffectiveSetting(
                    section.isEmpty() ? setting.name() : section + "." + setting.name(),
                    setting.secret() && !text.isEmpty() ? MASK : text,
                    value == null ? "default" : value.origin(),
                    value == null,
                    setting.description()));
        }
        return bound;
    }

    private static Problem placed(
            Class<? extends Record> type, String section, Map<String, SettingValue> values, Problem problem) {
        SettingValue value = values.get(problem.path());
        if (value == null) {
            return section.isEmpty() ? problem : problem.under(section);
        }
        boolean secret = Settings.describe(type).stream()
                .anyMatch(setting -> setting.name().equals(problem.path()) && setting.secret());
        String message =
                secret && !value.text().isEmpty() ? problem.message().replace(value.text(), MASK) : problem.message();
        return value.problem(message);
    }

    private static boolean isList(Class<? extends Record> type, String name) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(RecordComponent::getType)
                .anyMatch(List.class::equals);
    }

    private Set<String> namesOf(ComponentKind kind) {
        Set<String> names = new LinkedHashSet<>();
        discovery
                .of(kind)
                .forEach(found -> names.addAll(Settings.names(found.factory().settings())));
        return names;
    }

    private Set<String> allKeys() {
        Set<String> keys = new LinkedHashSet<>(ProfileReader.TOP);
        Settings.names(TelemetrySettings.class).forEach(name -> keys.add(ProfileReader.TELEMETRY + "." + name));
        for (ComponentKind kind : ComponentKind.values()) {
            keys.add(kind.section() + "." + ProfileReader.USE);
            namesOf(kind).forEach(name -> keys.add(kind.section() + "." + name));
        }
        return keys;
    }
}

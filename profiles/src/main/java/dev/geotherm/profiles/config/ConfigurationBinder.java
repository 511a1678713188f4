package dev.geotherm.profiles.config;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.NearestName;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Secret;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.PluginException;
import dev.geotherm.profiles.plugin.ReservedSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A binder of settings records: binds a chain of profiles and the overrides, and collects every problem.
 *
 * <p>Used once, by one thread.
 */
final class ConfigurationBinder {
    private static final Set<String> SWITCH = Set.of("true", "false");

    private final Discovery discovery;
    private final SettingSources sources = new SettingSources();
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
            binding.sources.add(lineage.get(i), lineage.size() - 1 - i);
        }
        binding.sources.add(overrides, discovery, binding.problems);
        return binding.bind(lineage.get(0).profile());
    }

    private Configuration bind(Profile profile) {
        PlatformSettings top = top();
        for (ComponentKind kind : ComponentKind.values()) {
            component(kind);
        }
        Map<Class<? extends Record>, Record> sections = new HashMap<>();
        ProfileSections.ALL.forEach((section, type) -> {
            sections.put(type, record(type, section, known(section, Settings.names(type))));
            sources.instances(section)
                    .forEach((key, value) -> problems.add(value.problem(section + " has no named instances")));
        });
        problems.throwIfAny();
        return new Configuration(profile, chosen, effective, sections, top, discovery.extensions(), sources.warnings());
    }

    private PlatformSettings top() {
        Map<String, SettingValue> values = new HashMap<>();
        for (SettingValue value : sources.outsideSections()) {
            if (ProfileReader.TOP.contains(value.key())) {
                values.put(value.key(), value);
            } else {
                problems.add(value.problem(NearestName.unknown("setting", value.key(), allKeys())));
            }
        }
        return record(PlatformSettings.class, "", values);
    }

    private void component(ComponentKind kind) {
        if (discovery.of(kind).isEmpty()) {
            refuseOwnSettings(kind);
            return;
        }
        DiscoveredFactory found = choose(kind);
        if (found == null) {
            // The implementation is unknown, but a key that no implementation has is always wrong.
            known(kind.section(), List.copyOf(namesOf(kind)));
            return;
        }
        int problemsBefore = problems.list().size();
        Class<? extends Record> type = found.factory().settings();
        Map<String, SettingValue> values = ofImplementation(kind, found, settingsOf(kind.section()));
        Record settings = record(type, kind.section(), values);
        if (problems.list().size() == problemsBefore) {
            check(found.factory(), settings, kind.section(), values);
        }
        boolean sound = problems.list().size() == problemsBefore;
        chosen.put(kind, new BoundComponent(found, settings, instances(kind, found, sound ? settings : null)));
    }

    /** Lets the factory check the settings that depend on the installed extensions. */
    @SuppressWarnings("unchecked") // the settings are of the type that the factory declares
    private void check(
            ComponentFactory<?, ?> factory, Record settings, String section, Map<String, SettingValue> values) {
        try {
            ((ComponentFactory<Record, Component>) factory)
                    .check(settings, new InstalledExtensions(discovery.extensions()));
        } catch (SettingsException wrong) {
            wrong.problems().forEach(problem -> problems.add(placed(factory.settings(), section, values, problem)));
        }
    }

    /**
     * A kind without an implementation is omitted from the platform, and its settings in built-in profiles are ignored.
     * Settings that a user gives for it are errors.
     */
    private void refuseOwnSettings(ComponentKind kind) {
        Stream.concat(
                        sources.section(kind.section()).values().stream(),
                        sources.instances(kind.section()).values().stream())
                .filter(value -> !value.builtIn())
                .forEach(value -> problems.add(value.problem(
                        "no " + kind.section() + " implementation is installed; " + kind.artifact() + " has one")));
    }

    /**
     * Binds the settings of named instances, each on top of the component's settings.
     *
     * @param settings the component's settings, or null if they are invalid; only the values given for instances are
     *     checked then
     */
    private InstanceSettings instances(ComponentKind kind, DiscoveredFactory found, @Nullable Record settings) {
        Map<String, Map<String, SettingValue>> given = new TreeMap<>();
        sources.instances(kind.section()).forEach((key, value) -> {
            String wrong = wrongInstanceKey(kind, key);
            if (wrong == null) {
                given.computeIfAbsent(key.name(), name -> new TreeMap<>()).put(key.setting(), value);
            } else {
                problems.add(value.problem(wrong));
            }
        });
        Map<String, Map<String, String>> texts = new TreeMap<>();
        given.forEach((name, values) -> {
            Map<String, SettingValue> taken = ofImplementation(kind, found, values);
            refuseShared(kind, found, taken);
            texts.put(name, instance(found.factory().settings(), kind, name, taken, settings));
        });
        return new InstanceSettings(texts);
    }

    private void refuseShared(ComponentKind kind, DiscoveredFactory found, Map<String, SettingValue> values) {
        for (Settings.Described setting : Settings.describe(found.factory().settings())) {
            SettingValue value = values.get(setting.name());
            if (setting.shared() && value != null) {
                problems.add(value.problem(
                        "is one for all instances: set " + kind.section() + "." + setting.name() + " instead"));
            }
        }
    }

    private static @Nullable String wrongInstanceKey(ComponentKind kind, InstanceKey key) {
        if (!kind.hasInstances()) {
            return kind.section() + " has no named instances";
        } else if (!ProfileReader.KEY.matcher(key.name()).matches()
                || key.setting().isEmpty()) {
            return "must be an instance and a setting of it, such as " + kind.section() + "."
                    + ReservedSettings.INSTANCES + ".NAME.SETTING";
        }
        return key.setting().equals(ProfileReader.USE)
                ? "all instances have the same implementation: set " + kind.section() + "." + ProfileReader.USE
                : null;
    }

    private Map<String, String> instance(
            Class<? extends Record> type,
            ComponentKind kind,
            String name,
            Map<String, SettingValue> values,
            @Nullable Record settings) {
        String section = new InstanceKey(kind.section(), name, "").path();
        Map<String, String> own = plainTexts(type, values);
        Map<String, String> texts = new HashMap<>();
        if (settings != null) {
            texts.putAll(Settings.toTexts(settings));
        }
        texts.putAll(own);
        try {
            Map<String, String> written = Settings.toTexts(Settings.of(type, texts));
            for (Settings.Described setting : Settings.describe(type)) {
                SettingValue value = values.get(setting.name());
                if (value != null) {
                    addEffective(section, setting, written.getOrDefault(setting.name(), ""), value);
                }
            }
        } catch (SettingsException wrong) {
            for (Problem problem : wrong.problems()) {
                problems.add(
                        values.containsKey(problem.path())
                                ? placed(type, section, values, problem)
                                : inherited(type, kind, section, problem));
            }
        }
        return own;
    }

    /** Returns a problem of an instance with a value that it inherits from its component. */
    private Problem inherited(Class<? extends Record> type, ComponentKind kind, String section, Problem problem) {
        String key = kind.section() + "." + problem.path();
        SettingValue value = sources.value(key);
        String message = value == null ? problem.message() : masked(type, value, problem);
        return new Problem(
                section + "." + problem.path(),
                message + " (as " + key + " is, from " + (value == null ? "default" : value.place()) + ")");
    }

    private @Nullable DiscoveredFactory choose(ComponentKind kind) {
        String key = kind.section() + "." + ProfileReader.USE;
        SettingValue use = sources.value(key);
        if (use == null) {
            if (problems.list().stream().anyMatch(problem -> problem.path().equals(key))) {
                return null; // a value was given but could not be parsed
            }
            problems.add(new Problem(
                    key,
                    "must name an implementation; choose one of "
                            + discovery.of(kind).stream()
                                    .map(DiscoveredFactory::name)
                                    .collect(Collectors.joining(", "))));
            return null;
        }
        try {
            DiscoveredFactory found = discovery.find(kind, use.text().strip());
            effective.add(new EffectiveSetting(key, found.name(), use.origin(), false, found.description()));
            return found;
        } catch (PluginException broken) {
            throw broken;
        } catch (GeothermException unknown) {
            problems.add(use.problem(String.valueOf(unknown.getMessage())));
            return null;
        }
    }

    /** Returns the values for the chosen implementation; inherited values for another implementation are dropped. */
    private Map<String, SettingValue> ofImplementation(
            ComponentKind kind, DiscoveredFactory found, Map<String, SettingValue> values) {
        List<String> names = Settings.names(found.factory().settings());
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

    /** Returns whether a value comes from a profile that chose another implementation, which has this setting. */
    private boolean wasMeantForAnother(ComponentKind kind, DiscoveredFactory found, String name, SettingValue value) {
        SettingValue then = sources.valueAt(kind.section() + "." + ProfileReader.USE, value.level());
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
        Map<String, SettingValue> values = sources.section(section);
        if (!ProfileSections.ALL.containsKey(section)) {
            values.remove(ProfileReader.USE);
        }
        return values;
    }

    private <S extends Record> S record(Class<S> type, String section, Map<String, SettingValue> values) {
        S bound;
        try {
            bound = Settings.of(type, plainTexts(type, values));
        } catch (SettingsException wrong) {
            wrong.problems().forEach(problem -> problems.add(placed(type, section, values, problem)));
            bound = Settings.defaults(type);
        }
        Map<String, String> written = Settings.toTexts(bound);
        for (Settings.Described setting : Settings.describe(type)) {
            SettingValue value = values.get(setting.name());
            addEffective(section, setting, written.getOrDefault(setting.name(), ""), value);
        }
        return bound;
    }

    private void addEffective(String section, Settings.Described setting, String text, @Nullable SettingValue value) {
        effective.add(new EffectiveSetting(
                section.isEmpty() ? setting.name() : section + "." + setting.name(),
                setting.secret() ? Secret.of(text).toString() : text,
                value == null ? "default" : origin(value, text),
                value == null,
                setting.description()));
    }

    /** Returns the source of a value; some implementations have a switch that is always on, whatever is written. */
    private static String origin(SettingValue value, String effective) {
        String other = effective.equals("true") ? "false" : "true";
        return SWITCH.contains(effective) && value.text().strip().equalsIgnoreCase(other)
                ? "the implementation, which replaces " + other + " from " + value.origin()
                : value.origin();
    }

    private Map<String, String> plainTexts(Class<? extends Record> type, Map<String, SettingValue> values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((name, value) -> {
            if (value.list() && !isList(type, name)) {
                problems.add(value.problem("must be a plain value, was a list"));
            } else {
                texts.put(name, value.text());
            }
        });
        return texts;
    }

    private static Problem placed(
            Class<? extends Record> type, String section, Map<String, SettingValue> values, Problem problem) {
        SettingValue value = values.get(problem.path());
        if (value == null) {
            return section.isEmpty() ? problem : problem.under(section);
        }
        return value.problem(masked(type, value, problem));
    }

    private static String masked(Class<? extends Record> type, SettingValue value, Problem problem) {
        boolean secret = Settings.describe(type).stream()
                .anyMatch(setting -> setting.name().equals(problem.path()) && setting.secret());
        return secret && !value.text().isEmpty()
                ? problem.message().replace(value.text(), Secret.MASK)
                : problem.message();
    }

    private static boolean isList(Class<? extends Record> type, String name) {
        return Settings.describe(type).stream()
                .anyMatch(setting -> setting.name().equals(name) && setting.list());
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
        ProfileSections.ALL.forEach(
                (section, type) -> Settings.names(type).forEach(name -> keys.add(section + "." + name)));
        for (ComponentKind kind : ComponentKind.values()) {
            keys.add(kind.section() + "." + ProfileReader.USE);
            namesOf(kind).forEach(name -> keys.add(kind.section() + "." + name));
        }
        return keys;
    }
}

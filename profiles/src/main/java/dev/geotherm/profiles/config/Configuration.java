package dev.geotherm.profiles.config;

import dev.geotherm.api.Extensions;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.plugin.DiscoveredExtension;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A valid configuration of a platform: the chosen factories, their settings records, and every effective setting with
 * its source. Immutable and thread-safe.
 */
public final class Configuration {
    private final Profile profile;
    private final Map<ComponentKind, BoundComponent> chosen;
    private final List<EffectiveSetting> settings;
    private final Map<Class<? extends Record>, Record> sections;
    private final PlatformSettings top;
    private final List<DiscoveredExtension> extensions;
    private final List<String> warnings;

    Configuration(
            Profile profile,
            Map<ComponentKind, BoundComponent> chosen,
            List<EffectiveSetting> settings,
            Map<Class<? extends Record>, Record> sections,
            PlatformSettings top,
            List<DiscoveredExtension> extensions,
            List<String> warnings) {
        this.profile = profile;
        this.chosen = Map.copyOf(chosen);
        this.settings = List.copyOf(settings);
        this.sections = Map.copyOf(sections);
        this.top = top;
        this.extensions = List.copyOf(extensions);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Binds a profile. Precedence, from lowest to highest: defaults of the settings records, ancestors of the profile, the
     * profile, the environment, {@code --set}.
     *
     * <p>A kind of component without an implementation in {@code discovery} is omitted.
     *
     * @param profile a name, or the path of a {@code .yaml} file
     * @throws SettingsException with every problem of the values
     * @throws dev.geotherm.profiles.plugin.PluginException if a chosen implementation was not found but may be in a
     *     broken plugin
     * @throws GeothermException if the profile is unknown, or its lineage is invalid
     */
    public static Configuration bind(Profiles profiles, String profile, Overrides overrides, Discovery discovery) {
        return ConfigurationBinder.bind(profiles, profile, overrides, discovery);
    }

    /** Returns the bound profile, as written. */
    public Profile profile() {
        return profile;
    }

    /** Returns the kinds of component that have an implementation, in the order of their creation. */
    public Set<ComponentKind> kinds() {
        return Collections.unmodifiableSet(EnumSet.copyOf(chosen.keySet()));
    }

    /**
     * Returns the chosen factory.
     *
     * @throws IllegalStateException if the kind has no implementation; the message names an artifact with one
     */
    public DiscoveredFactory implementation(ComponentKind kind) {
        return chosen(kind).discovered();
    }

    /**
     * Returns the settings record of a component.
     *
     * @throws IllegalStateException if the kind has no implementation
     */
    public Record settings(ComponentKind kind) {
        return chosen(kind).settings();
    }

    /**
     * Returns the settings of the named instances of a component.
     *
     * @throws IllegalStateException if the kind has no implementation
     */
    public InstanceSettings instances(ComponentKind kind) {
        return chosen(kind).instances();
    }

    /**
     * Returns every effective setting: first those outside of sections, then section by section; secrets are masked.
     */
    public List<EffectiveSetting> settings() {
        return settings;
    }

    /** Returns the settings of telemetry. */
    public TelemetrySettings telemetry() {
        return section(TelemetrySettings.class);
    }

    /**
     * Returns the settings of a {@link ProfileSection}.
     *
     * @param type the settings record that the section declares
     * @throws IllegalArgumentException if no section has this type
     */
    public <S extends Record> S section(Class<S> type) {
        Record settings = sections.get(type);
        if (settings == null) {
            throw new IllegalArgumentException("no section of profiles has the settings " + type.getName());
        }
        return type.cast(settings);
    }

    /** Returns the installed extensions of components, with their locations. */
    public List<DiscoveredExtension> discoveredExtensions() {
        return extensions;
    }

    /** Returns the installed extensions in the form that components use. */
    public Extensions extensions() {
        return new InstalledExtensions(extensions);
    }

    /** Returns the warnings about ignored values, each as one sentence for users. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns whether the log is also shown on the terminal. */
    public boolean debug() {
        return top.debug();
    }

    /** Returns the log level; the application that sets up logging applies it. */
    public LogLevel logLevel() {
        return top.logLevel();
    }

    /** Returns every effective setting as an aligned table: defaults are marked, secrets are masked. */
    public String table() {
        return SettingTable.of(settings);
    }

    private BoundComponent chosen(ComponentKind kind) {
        BoundComponent found = chosen.get(kind);
        if (found == null) {
            throw new IllegalStateException("this platform has no " + kind.section()
                    + ": no implementation is installed; " + kind.artifact() + " has one");
        }
        return found;
    }
}

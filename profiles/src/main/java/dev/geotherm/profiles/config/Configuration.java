package dev.geotherm.profiles.config;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.util.List;
import java.util.Map;

/**
 * A valid configuration of a platform: the chosen factories, their settings records, and every effective setting with
 * its source. Immutable and safe for use by many threads.
 */
public final class Configuration {
    private final Profile profile;
    private final Map<ComponentKind, BoundComponent> chosen;
    private final List<EffectiveSetting> settings;
    private final TelemetrySettings telemetry;
    private final PlatformSettings top;

    Configuration(
            Profile profile,
            Map<ComponentKind, BoundComponent> chosen,
            List<EffectiveSetting> settings,
            TelemetrySettings telemetry,
            PlatformSettings top) {
        this.profile = profile;
        this.chosen = Map.copyOf(chosen);
        this.settings = List.copyOf(settings);
        this.telemetry = telemetry;
        this.top = top;
    }

    /**
     * Binds a profile. Precedence, from lowest to highest: defaults of the settings records, ancestors of the profile, the
     * profile, the environment, {@code --set}.
     *
     * @param profile a name, or the path of a {@code .yaml} file
     * @throws SettingsException with every problem of the values
     * @throws GeothermException if the profile is unknown, or its lineage is broken
     */
    public static Configuration bind(Profiles profiles, String profile, Overrides overrides, Discovery discovery) {
        return ConfigurationBinder.bind(profiles, profile, overrides, discovery);
    }

    /** Returns the bound profile, as written. */
    public Profile profile() {
        return profile;
    }

    /** Returns the chosen factory of a kind. */
    public DiscoveredFactory implementation(ComponentKind kind) {
        return chosen(kind).discovered();
    }

    /** Returns the settings record of a component. */
    public Record settings(ComponentKind kind) {
        return chosen(kind).settings();
    }

    /** Returns the settings of the named instances of a component. */
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
        return telemetry;
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
            throw new IllegalStateException("no implementation was chosen for " + kind.section());
        }
        return found;
    }
}

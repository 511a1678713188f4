package dev.geotherm.profiles;

import dev.geotherm.api.ComponentKind;
import dev.geotherm.api.profile.EffectiveSetting;
import dev.geotherm.api.profile.LogLevel;
import dev.geotherm.api.profile.Profile;
import dev.geotherm.api.profile.TelemetrySettings;
import java.util.List;

/** A profile, bound: the chosen factories, their settings records, and every setting in force with its origin. */
@SuppressWarnings("DoNotCallSuggester")
public final class Configuration {
    private Configuration() {}

    /** Binds a profile. */
    public static Configuration bind(Profiles profiles, String profile, Overrides overrides, Discovery discovery) {
        throw new IllegalStateException("follows");
    }

    /** Returns the profile that was bound. */
    public Profile profile() {
        throw new IllegalStateException("follows");
    }

    /** Returns the factory that was chosen. */
    public Discovered implementation(ComponentKind kind) {
        throw new IllegalStateException("follows");
    }

    /** Returns the settings record of a component. */
    public Record settings(ComponentKind kind) {
        throw new IllegalStateException("follows");
    }

    /** Returns every setting in force. */
    public List<EffectiveSetting> settings() {
        throw new IllegalStateException("follows");
    }

    /** Returns how components are watched. */
    public TelemetrySettings telemetry() {
        throw new IllegalStateException("follows");
    }

    /** Returns whether checks for developers are on. */
    public boolean debug() {
        throw new IllegalStateException("follows");
    }

    /** Returns how much is logged. */
    public LogLevel logLevel() {
        throw new IllegalStateException("follows");
    }

    /** Returns every setting in force as a table for people. */
    public String table() {
        throw new IllegalStateException("follows");
    }
}

package dev.geotherm.profiles.runtime;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.TemporaryFolder;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The entry point that starts a platform with defaults: built-in profiles, the implementations on the class path, and a
 * {@link TemporaryFolder} that is deleted when the platform is closed. Environment variables are not read, because they
 * may have another meaning in an application.
 */
public final class Geotherm {
    private Geotherm() {}

    /**
     * Starts a built-in profile, or the one in a {@code .yaml} file.
     *
     * @throws GeothermException as {@link Configuration#bind} and {@link Platform#start} do
     */
    public static Platform start(String profile) {
        return start(profile, Overrides.none());
    }

    /**
     * Starts a profile with overrides; otherwise the same as {@link #start(String)}. To let the environment override
     * the profile, pass {@code Overrides.of(System.getenv(), List.of())}.
     */
    public static Platform start(String profile, Overrides overrides) {
        Configuration configuration =
                Configuration.bind(Profiles.builtIn(), profile, overrides, Discovery.of(Plugins.none()));
        return Platform.start(configuration, PlatformFolder.temporary(), Clock.systemUTC());
    }

    /** Starts the profile in a file; otherwise the same as {@link #start(String)}. */
    public static Platform start(Path profileFile) {
        return start(profileFile.toAbsolutePath().toString());
    }
}

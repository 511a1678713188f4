package dev.geotherm.engine;

import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Platforms of the built-in profile {@code balanced}. */
final class TestPlatform {
    private TestPlatform() {}

    static Configuration configuration(String profile, List<String> sets) {
        return Configuration.bind(
                Profiles.builtIn(), profile, Overrides.of(Map.of(), sets), Discovery.of(Plugins.none()));
    }

    static Platform start(Path work, String... sets) {
        return Platform.start(configuration("balanced", List.of(sets)), work);
    }

    static Platform start(Path work, Clock clock) {
        return Platform.start(configuration("balanced", List.of()), work, clock);
    }
}

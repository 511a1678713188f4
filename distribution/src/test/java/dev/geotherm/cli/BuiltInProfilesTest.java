package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.EffectiveSetting;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in profiles with the components of the distribution. */
class BuiltInProfilesTest {
    private static final String[] KEYS = {
        "pool.initialSize",
        "pool.maxSize",
        "pool.cleanupInterval",
        "diff.depthLimit",
        "diff.compression",
        "diff.cacheAge",
        "streaming.initialBatch",
        "streaming.maxBatch",
        "streaming.capacity",
        "streaming.highWatermark",
        "streaming.batchTimeout",
        "anchors.maxAge",
        "anchors.consolidation",
        "anchors.evictionHeat",
        "retrieval.batchSize",
        "retrieval.parallel",
        "retrieval.prefetch",
        "telemetry.detail",
        "telemetry.realTime",
        "telemetry.retention",
        "telemetry.export",
        "logLevel"
    };

    /** The example of the reference page. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "balanced", "perf", "experiment"})
    void builtInProfiles_takeASmallPool(String profile) {
        Overrides small = new Overrides(Map.of(), Map.of("pool.instances.vectors.maxSize", "8"));
        Configuration configuration =
                Configuration.bind(Profiles.builtIn(), profile, small, Discovery.of(Plugins.none()));
        assertThat(configuration.settings())
                .anyMatch(setting -> setting.key().equals("pool.instances.vectors.maxSize")
                        && setting.value().equals("8"));
    }

    @ParameterizedTest
    @CsvSource({
        "dev,20 100 1m 5 false 5m 5 20 100 0.7 30s 7d 0.9 0.1 10 false false true true 4h false debug",
        "balanced,50 500 5m 10 true 1h 10 50 500 0.8 30s 30d 0.8 0.1 50 false false false false 1d false info",
        "perf,100 1000 10m 15 true 2h 50 200 2000 0.95 1m 60d 0.7 0.05 100 true true false false 2d false warn",
        "experiment,200 2000 30m 20 true 4h 100 500 5000 0.98 2m 90d 0.6 0.02 200 true true true true 7d true info",
    })
    void builtInProfiles_valuesAreEffective(String profile, String expected) {
        Configuration configuration =
                Configuration.bind(Profiles.builtIn(), profile, Overrides.none(), Discovery.of(Plugins.none()));
        Map<String, String> values = configuration.settings().stream()
                .collect(Collectors.toMap(EffectiveSetting::key, EffectiveSetting::value));
        assertThat(values).containsKeys(KEYS);
        String[] wanted = expected.split(" ");
        for (int i = 0; i < KEYS.length; i++) {
            assertThat(values.get(KEYS[i])).as(profile + " " + KEYS[i]).isEqualToIgnoringCase(wanted[i]);
        }
    }
}

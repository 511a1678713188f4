package dev.geotherm.pool.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlabPoolsSettingsTest {

    /** A value other than the default for each setting. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("initialSize", "7"),
            Map.entry("minSize", "3"),
            Map.entry("maxSize", "70"),
            Map.entry("whenExhausted", "wait"),
            Map.entry("maxWait", "250ms"),
            Map.entry("cleanupInterval", "2h"),
            Map.entry("demandPercentile", "0.5"),
            Map.entry("sweepInterval", "3s"),
            Map.entry("maxAge", "1d"),
            Map.entry("maxIdle", "1h"),
            Map.entry("pressureThreshold", "0.75"),
            Map.entry("whenMisused", "count"),
            Map.entry("exactReturns", "true"),
            Map.entry("leakSampling", "0.25"));

    @Test
    void settings_includeThoseOfStripedPools() {
        assertThat(Settings.describe(SlabPoolsSettings.class))
                .startsWith(Settings.describe(StripedPoolsSettings.class).toArray(new Settings.Described[0]));
        assertThat(Settings.defaults(SlabPoolsSettings.class).pools())
                .isEqualTo(Settings.of(StripedPoolsSettings.class, Map.of("exactReturns", "true")));
    }

    @Test
    void exactReturns_isAlwaysOn() {
        assertThat(Settings.of(SlabPoolsSettings.class, Map.of("exactReturns", "false"))
                        .pools()
                        .exactReturns())
                .isTrue();
    }

    @Test
    void defaults_ofItsOwnSettings() {
        SlabPoolsSettings defaults = Settings.defaults(SlabPoolsSettings.class);
        assertThat(defaults.blockSize()).isEqualTo(new DataSize(1 << 20));
        assertThat(defaults.memoryLimit()).isEqualTo(new DataSize(0));
    }

    @Test
    void of_bindsEverySetting() {
        Map<String, String> texts = new TreeMap<>(OTHERS);
        texts.put("blockSize", "64KiB");
        texts.put("memoryLimit", "2MiB");
        SlabPoolsSettings settings = Settings.of(SlabPoolsSettings.class, texts);
        assertThat(Settings.toTexts(settings)).containsExactlyInAnyOrderEntriesOf(texts);
        assertThat(settings.pools()).isEqualTo(Settings.of(StripedPoolsSettings.class, OTHERS));
    }

    @ParameterizedTest
    @CsvSource({
        "initialSize, -1, 'initialSize: must be at least 0, was -1'",
        "leakSampling, 2, 'leakSampling: must be from 0 to 1, was 2.0'",
        "blockSize, 4095, 'blockSize: must be from 4KiB to 1GiB, was 4095B'",
        "blockSize, 1073741825, 'blockSize: must be from 4KiB to 1GiB, was 1073741825B'",
        "memoryLimit, 1023KiB, 'memoryLimit: must be 0 or at least blockSize (1MiB), was 1023KiB'"
    })
    void of_invalidValueIsRefused(String name, String value, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(SlabPoolsSettings.class, Map.of(name, value)))
                .withMessage(message);
    }

    @Test
    void of_reportsAllProblemsAtOnce() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        Settings.of(SlabPoolsSettings.class, Map.of("maxSize", "0", "blockSize", "1", "maxWait", "0s")))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::path)
                        .contains("maxSize", "maxWait", "blockSize"));
    }
}

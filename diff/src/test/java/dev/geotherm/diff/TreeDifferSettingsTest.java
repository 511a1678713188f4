package dev.geotherm.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.diff.codec.CompressionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeDifferSettingsTest {

    @Test
    void defaults() {
        assertThat(Settings.defaults(TreeDifferSettings.class))
                .isEqualTo(new TreeDifferSettings(
                        10,
                        true,
                        Duration.ofHours(1),
                        1000,
                        List.of(),
                        List.of(),
                        0,
                        0,
                        0,
                        List.of(),
                        true,
                        100,
                        true,
                        false,
                        1000,
                        DataSize.parse("16MiB"),
                        Duration.ofHours(1),
                        CompressionPolicy.BALANCED,
                        256,
                        DataSize.parse("0B")));
    }

    @Test
    void of_bindsEverySetting() {
        Map<String, String> texts = Map.ofEntries(
                Map.entry("depthLimit", "15"),
                Map.entry("compression", "false"),
                Map.entry("cacheAge", "2h"),
                Map.entry("cacheSize", "7"),
                Map.entry("ignoredPaths", "/a/*,/**/b"),
                Map.entry("timestampFields", "at,seen"),
                Map.entry("numberThreshold", "0.1"),
                Map.entry("stringThreshold", "0.2"),
                Map.entry("listThreshold", "0.3"),
                Map.entry("identityKeys", "=code,/**/items=key"),
                Map.entry("moves", "false"),
                Map.entry("spliceFrom", "0"),
                Map.entry("reversible", "false"),
                Map.entry("numbersByValue", "true"),
                Map.entry("historyRevisions", "8"),
                Map.entry("historyBytes", "1KiB"),
                Map.entry("historyAge", "9m"),
                Map.entry("compressionPolicy", "speed"),
                Map.entry("subscriberQueue", "5"),
                Map.entry("cacheDisk", "1MiB"));
        assertThat(Settings.of(TreeDifferSettings.class, texts))
                .isEqualTo(new TreeDifferSettings(
                        15,
                        false,
                        Duration.ofHours(2),
                        7,
                        List.of("/a/*", "/**/b"),
                        List.of("at", "seen"),
                        0.1,
                        0.2,
                        0.3,
                        List.of("=code", "/**/items=key"),
                        false,
                        0,
                        false,
                        true,
                        8,
                        DataSize.parse("1KiB"),
                        Duration.ofMinutes(9),
                        CompressionPolicy.SPEED,
                        5,
                        DataSize.parse("1MiB")));
    }

    @ParameterizedTest
    @CsvSource({
        "depthLimit, -1",
        "depthLimit, 10001",
        "cacheAge, 0s",
        "cacheSize, 0",
        "ignoredPaths, a/b",
        "ignoredPaths, /a~2",
        "numberThreshold, 1.1",
        "stringThreshold, -0.1",
        "listThreshold, 2",
        "identityKeys, /a",
        "identityKeys, a=id",
        "identityKeys, /a=",
        "spliceFrom, -1",
        "historyRevisions, -1",
        "subscriberQueue, 0"
    })
    void of_invalidValuesAreRefused(String name, String value) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> TestSettings.with(name, value))
                .withMessageContaining(name)
                .withMessageContaining(value.replace("0s", "PT0S"));
    }
}

package dev.geotherm.profiles.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TelemetrySettingsTest {
    @Test
    void defaults_keepADayOfTotals() {
        assertThat(Settings.defaults(TelemetrySettings.class))
                .isEqualTo(new TelemetrySettings(false, false, Duration.ofDays(1), false, DataSize.parse("64MiB")));
    }

    @Test
    void of_bindsEverySetting() {
        assertThat(Settings.of(
                        TelemetrySettings.class,
                        Map.of(
                                "detail",
                                "true",
                                "realTime",
                                "true",
                                "retention",
                                "90s",
                                "export",
                                "true",
                                "exportSize",
                                "1MiB")))
                .isEqualTo(new TelemetrySettings(true, true, Duration.ofSeconds(90), true, DataSize.parse("1MiB")));
    }

    @Test
    void of_withoutRetentionIsRefused() {
        assertThatThrownBy(() -> Settings.of(TelemetrySettings.class, Map.of("retention", "0")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("retention: must be longer than 0, was 0s");
    }

    @Test
    void of_withTooLittleSpaceForTheExportIsRefused() {
        assertThatThrownBy(() -> Settings.of(TelemetrySettings.class, Map.of("exportSize", "65535B")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("exportSize: must be at least 64KiB, was 65535B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"106752d", "99999999999999d", "999999999999999d", "999999999999999h"})
    void of_withRetentionBeyondNanosecondsIsRefused(String text) {
        assertThatThrownBy(() -> Settings.of(TelemetrySettings.class, Map.of("retention", text)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must be a duration such as")
                .hasMessageContaining(text);
    }
}

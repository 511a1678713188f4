package dev.geotherm.profiles.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TelemetrySettingsTest {
    @Test
    void byDefaultADayOfHeadlinesIsKept() {
        assertThat(Settings.defaults(TelemetrySettings.class))
                .isEqualTo(new TelemetrySettings(false, false, Duration.ofDays(1), false));
    }

    @Test
    void everySettingIsBound() {
        assertThat(Settings.of(
                        TelemetrySettings.class,
                        Map.of("detail", "true", "realTime", "true", "retention", "90s", "export", "true")))
                .isEqualTo(new TelemetrySettings(true, true, Duration.ofSeconds(90), true));
    }

    @Test
    void aRetentionOfNothingIsRefused() {
        assertThatThrownBy(() -> Settings.of(TelemetrySettings.class, Map.of("retention", "0")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("retention: must be longer than 0, was 0s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"106752d", "99999999999999d", "999999999999999d", "999999999999999h"})
    void aRetentionThatCannotBeCountedInNanosecondsIsRefused(String text) {
        assertThatThrownBy(() -> Settings.of(TelemetrySettings.class, Map.of("retention", text)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must be a duration such as")
                .hasMessageContaining(text);
    }
}

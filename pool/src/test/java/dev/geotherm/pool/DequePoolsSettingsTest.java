package dev.geotherm.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geotherm.api.Problem;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.pool.WhenExhausted;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DequePoolsSettingsTest {

    @Test
    void defaults() {
        assertThat(Settings.defaults(DequePoolsSettings.class))
                .isEqualTo(new DequePoolsSettings(
                        50, 500, Duration.ofMinutes(5), WhenExhausted.ALLOCATE, Duration.ofSeconds(1), 0.9));
    }

    @Test
    void everySettingIsMapped() {
        assertThat(Settings.of(
                        DequePoolsSettings.class,
                        Map.of(
                                "initialSize", "7",
                                "maxSize", "70",
                                "cleanupInterval", "2h",
                                "whenExhausted", "wait",
                                "maxWait", "250ms",
                                "pressureThreshold", "0.75")))
                .isEqualTo(new DequePoolsSettings(
                        7, 70, Duration.ofHours(2), WhenExhausted.WAIT, Duration.ofMillis(250), 0.75));
    }

    @ParameterizedTest
    @CsvSource({
        "initialSize, -1, 'initialSize: must be at least 0, was -1'",
        "initialSize, 501, 'initialSize: must be at most maxSize (500), was 501'",
        "maxSize, 49, 'initialSize: must be at most maxSize (49), was 50'",
        "cleanupInterval, 0, 'cleanupInterval: must be from 1ms to 36500d, was PT0S'",
        "cleanupInterval, 36501d, 'cleanupInterval: must be from 1ms to 36500d, was PT876024H'",
        "whenExhausted, block, 'whenExhausted: must be one of allocate, wait, fail, was ''block'''",
        "maxWait, 0s, 'maxWait: must be from 1ms to 36500d, was PT0S; for no wait set whenExhausted to fail'",
        "pressureThreshold, -0.1, 'pressureThreshold: must be from 0 to 1, was -0.1'",
        "pressureThreshold, 1.1, 'pressureThreshold: must be from 0 to 1, was 1.1'"
    })
    void eachRuleRefuses(String name, String value, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(DequePoolsSettings.class, Map.of(name, value)))
                .withMessage(message);
    }

    @Test
    void everythingWrongIsReportedAtOnce() {
        SettingsException refused = catchThrowableOfType(
                SettingsException.class,
                () -> new DequePoolsSettings(
                        -1, 0, Duration.ZERO, WhenExhausted.FAIL, Duration.ofSeconds(-1), Double.NaN));
        assertThat(refused.problems())
                .extracting(Problem::path)
                .containsExactly("maxSize", "initialSize", "cleanupInterval", "maxWait", "pressureThreshold");
    }
}

package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geotherm.api.Problem;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommonsPoolsSettingsTest {

    @Test
    void defaults() {
        assertThat(Settings.defaults(CommonsPoolsSettings.class))
                .isEqualTo(new CommonsPoolsSettings(
                        50,
                        500,
                        Duration.ofMinutes(5),
                        WhenExhausted.ALLOCATE,
                        Duration.ofSeconds(1),
                        WhenMisused.REFUSE));
    }

    @Test
    void of_bindsEverySetting() {
        assertThat(Settings.of(
                        CommonsPoolsSettings.class,
                        Map.of(
                                "initialSize", "7",
                                "maxSize", "70",
                                "cleanupInterval", "2h",
                                "whenExhausted", "wait",
                                "maxWait", "250ms",
                                "whenMisused", "count")))
                .isEqualTo(new CommonsPoolsSettings(
                        7, 70, Duration.ofHours(2), WhenExhausted.WAIT, Duration.ofMillis(250), WhenMisused.COUNT));
    }

    @ParameterizedTest
    @CsvSource({
        "initialSize, -1, 'initialSize: must be at least 0, was -1'",
        "cleanupInterval, 0, 'cleanupInterval: must be from 1ms to 36500d, was PT0S'",
        "cleanupInterval, 36501d, 'cleanupInterval: must be from 1ms to 36500d, was PT876024H'",
        "whenExhausted, block, 'whenExhausted: must be one of allocate, wait, fail, was ''block'''",
        "maxWait, 0s, 'maxWait: must be from 1ms to 36500d, was PT0S; for no wait set whenExhausted to fail'",
        "whenMisused, ignore, 'whenMisused: must be one of refuse, count, was ''ignore'''"
    })
    void of_invalidValueIsRefused(String name, String value, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(CommonsPoolsSettings.class, Map.of(name, value)))
                .withMessage(message);
    }

    @Test
    void of_reportsAllProblemsAtOnce() {
        SettingsException refused = catchThrowableOfType(
                SettingsException.class,
                () -> new CommonsPoolsSettings(
                        -1, 0, Duration.ZERO, WhenExhausted.FAIL, Duration.ofSeconds(-1), WhenMisused.COUNT));
        assertThat(refused.problems())
                .extracting(Problem::path)
                .containsExactly("maxSize", "initialSize", "cleanupInterval", "maxWait");
    }
}

package dev.geotherm.pool.none;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

final class NonePoolsSettingsTest {

    @Test
    void defaults() {
        assertThat(Settings.defaults(NonePoolsSettings.class))
                .isEqualTo(
                        new NonePoolsSettings(500, WhenExhausted.ALLOCATE, Duration.ofSeconds(1), WhenMisused.REFUSE));
    }

    @Test
    void of_bindsEverySetting() {
        assertThat(Settings.of(
                        NonePoolsSettings.class,
                        Map.of("maxSize", "70", "whenExhausted", "wait", "maxWait", "250ms", "whenMisused", "count")))
                .isEqualTo(new NonePoolsSettings(70, WhenExhausted.WAIT, Duration.ofMillis(250), WhenMisused.COUNT));
    }

    @ParameterizedTest
    @CsvSource({
        "maxSize, 0, 'maxSize: must be at least 1, was 0'",
        "whenExhausted, block, 'whenExhausted: must be one of allocate, wait, fail, was ''block'''",
        "maxWait, 0s, 'maxWait: must be from 1ms to 36500d, was PT0S; for no wait set whenExhausted to fail'",
        "maxWait, 36501d, 'maxWait: must be from 1ms to 36500d, was PT876024H; for no wait set whenExhausted to fail'",
        "whenMisused, ignore, 'whenMisused: must be one of refuse, count, was ''ignore'''"
    })
    void of_invalidValueIsRefused(String name, String value, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(NonePoolsSettings.class, Map.of(name, value)))
                .withMessage(message);
    }

    @Test
    void of_reportsAllProblemsAtOnce() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(
                        () -> new NonePoolsSettings(0, WhenExhausted.FAIL, Duration.ofSeconds(-1), WhenMisused.REFUSE))
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::path).containsExactly("maxSize", "maxWait"));
    }
}

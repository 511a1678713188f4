package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

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

final class StripedPoolsSettingsTest {

    @Test
    void defaults() {
        assertThat(Settings.defaults(StripedPoolsSettings.class))
                .isEqualTo(new StripedPoolsSettings(
                        50,
                        0,
                        500,
                        WhenExhausted.ALLOCATE,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        0.99,
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Duration.ZERO,
                        0.9,
                        WhenMisused.REFUSE,
                        false,
                        0.00001));
    }

    @Test
    void of_bindsEverySetting() {
        assertThat(Settings.of(
                        StripedPoolsSettings.class,
                        Map.ofEntries(
                                entry("initialSize", "7"),
                                entry("minSize", "3"),
                                entry("maxSize", "70"),
                                entry("whenExhausted", "wait"),
                                entry("maxWait", "250ms"),
                                entry("cleanupInterval", "2h"),
                                entry("demandPercentile", "0.5"),
                                entry("sweepInterval", "3s"),
                                entry("maxAge", "1d"),
                                entry("maxIdle", "1h"),
                                entry("pressureThreshold", "0.75"),
                                entry("whenMisused", "count"),
                                entry("exactReturns", "true"),
                                entry("leakSampling", "0.25"))))
                .isEqualTo(new StripedPoolsSettings(
                        7,
                        3,
                        70,
                        WhenExhausted.WAIT,
                        Duration.ofMillis(250),
                        Duration.ofHours(2),
                        0.5,
                        Duration.ofSeconds(3),
                        Duration.ofDays(1),
                        Duration.ofHours(1),
                        0.75,
                        WhenMisused.COUNT,
                        true,
                        0.25));
    }

    @ParameterizedTest
    @CsvSource({
        "initialSize, -1, 'initialSize: must be at least 0, was -1'",
        "cleanupInterval, 0, 'cleanupInterval: must be from 1ms to 36500d, was PT0S'",
        "cleanupInterval, 36501d, 'cleanupInterval: must be from 1ms to 36500d, was PT876024H'",
        "whenExhausted, block, 'whenExhausted: must be one of allocate, wait, fail, was ''block'''",
        "maxWait, 0s, 'maxWait: must be from 1ms to 36500d, was PT0S; for no wait set whenExhausted to fail'",
        "minSize, -1, 'minSize: must be at least 0, was -1'",
        "sweepInterval, 0s, 'sweepInterval: must be from 1ms to 36500d, was PT0S'",
        "maxAge, 36501d, 'maxAge: must be from 0s to 36500d, was PT876024H'",
        "maxIdle, 36501d, 'maxIdle: must be from 0s to 36500d, was PT876024H'",
        "demandPercentile, 1.5, 'demandPercentile: must be from 0 to 1, was 1.5'",
        "leakSampling, 2, 'leakSampling: must be from 0 to 1, was 2.0'",
        "whenMisused, shout, 'whenMisused: must be one of refuse, count, was ''shout'''",
        "pressureThreshold, -0.1, 'pressureThreshold: must be from 0 to 1, was -0.1'",
        "pressureThreshold, 1.1, 'pressureThreshold: must be from 0 to 1, was 1.1'"
    })
    void of_invalidValueIsRefused(String name, String value, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(StripedPoolsSettings.class, Map.of(name, value)))
                .withMessage(message);
    }

    @Test
    void of_reportsAllProblemsAtOnce() {
        SettingsException refused = catchThrowableOfType(
                SettingsException.class,
                () -> Settings.of(
                        StripedPoolsSettings.class,
                        Map.of("initialSize", "-1", "maxSize", "0", "cleanupInterval", "0s", "maxWait", "0s")));
        assertThat(refused.problems())
                .extracting(Problem::path)
                .containsExactly("maxSize", "initialSize", "maxWait", "cleanupInterval");
    }

    @ParameterizedTest
    @CsvSource({"0, -1", "1, 0", "0.5, 1", "0.3, 1", "0.25, 3", "0.00001, 65535", "1e-300, 4611686018427387903"})
    void samplingMask_selectsOneInAPowerOfTwo(String share, long mask) {
        assertThat(QuietPools.settings("leakSampling", share).samplingMask()).isEqualTo(mask);
    }
}

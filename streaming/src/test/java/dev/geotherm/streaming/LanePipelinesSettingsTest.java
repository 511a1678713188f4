package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanePipelinesSettingsTest {

    @Test
    void defaults() {
        assertThat(Settings.defaults(LanePipelinesSettings.class))
                .isEqualTo(new LanePipelinesSettings(
                        500,
                        0.8,
                        10,
                        50,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(30),
                        3,
                        1,
                        Duration.ofSeconds(30)));
    }

    @Test
    void everySettingIsBound() {
        Map<String, String> texts = Map.of(
                "capacity", "7",
                "threshold", "0.5",
                "initialBatch", "2",
                "maxBatch", "3",
                "targetBatchTime", "4ms",
                "batchTimeout", "5s",
                "maxRetries", "6",
                "workers", "8",
                "closeTimeout", "9m");

        assertThat(Settings.of(LanePipelinesSettings.class, texts))
                .isEqualTo(new LanePipelinesSettings(
                        7, 0.5, 2, 3, Duration.ofMillis(4), Duration.ofSeconds(5), 6, 8, Duration.ofMinutes(9)));
    }

    @ParameterizedTest
    @CsvSource({
        "capacity, 0",
        "threshold, 0",
        "threshold, 1.01",
        "threshold, NaN",
        "initialBatch, 0",
        "initialBatch, 51",
        "maxBatch, 0",
        "targetBatchTime, 0ms",
        "batchTimeout, 0s",
        "maxRetries, -1",
        "workers, 0",
    })
    void refused(String name, String text) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(LanePipelinesSettings.class, Map.of(name, text)))
                .withMessageContaining(name + ": must be");
    }

    @Test
    void aNegativeCloseTimeoutIsRefused() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new LanePipelinesSettings(
                        1, 1, 1, 1, Duration.ofMillis(1), Duration.ofMillis(1), 0, 1, Duration.ofMillis(-1)))
                .withMessageContaining("closeTimeout: must be");
    }

    @Test
    void theLimitIsTheFillThatIsMeant() {
        for (int percent = 1; percent <= 100; percent++) {
            LanePipelinesSettings settings = new LanePipelinesSettings(
                    100, percent / 100.0, 1, 1, Duration.ofMillis(1), Duration.ofMillis(1), 0, 1, Duration.ZERO);
            assertThat(settings.limit()).isEqualTo(percent);
        }
    }
}

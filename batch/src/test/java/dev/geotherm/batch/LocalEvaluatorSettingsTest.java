package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalEvaluatorSettingsTest {

    @Test
    void defaults_areAsDocumented() {
        assertThat(Settings.defaults(LocalEvaluatorSettings.class))
                .isEqualTo(new LocalEvaluatorSettings(0, 0, 2, 1000));
    }

    @Test
    void of_bindsEverySetting() {
        assertThat(Settings.of(
                        LocalEvaluatorSettings.class,
                        Map.of("batchSize", "7", "workers", "3", "maxRetries", "0", "checkpointEvery", "50")))
                .isEqualTo(new LocalEvaluatorSettings(7, 3, 0, 50));
    }

    @ParameterizedTest
    @CsvSource({
        "batchSize, -1, 'must be at least 0, was -1'",
        "workers, -1, 'must be between 0 and 10000, was -1'",
        "workers, 10001, 'must be between 0 and 10000, was 10001'",
        "maxRetries, -1, 'must be between 0 and 1000, was -1'",
        "maxRetries, 1001, 'must be between 0 and 1000, was 1001'",
        "checkpointEvery, 0, 'must be at least 1, was 0'"
    })
    void of_invalidValueIsRefused(String name, String value, String message) {
        assertThatThrownBy(() -> Settings.of(LocalEvaluatorSettings.class, Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name + ": " + message);
    }

    @Test
    void toLimits_zeroWorkersMeansOnePerProcessor() {
        assertThat(new LocalEvaluatorSettings(0, 0, 2, 1).toLimits().workers())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(new LocalEvaluatorSettings(0, 5, 2, 1).toLimits().workers()).isEqualTo(5);
    }
}

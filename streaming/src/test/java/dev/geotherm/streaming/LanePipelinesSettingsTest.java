package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanePipelinesSettingsTest {

    @Test
    void defaults_areAsDocumented() {
        assertThat(Settings.defaults(LanePipelinesSettings.class))
                .isEqualTo(new LanePipelinesSettings(
                        new BackpressureSettings(
                                500,
                                DataSize.parse("64MiB"),
                                0.5,
                                0.8,
                                0.5,
                                0.7,
                                0.85,
                                0.95,
                                Duration.ZERO,
                                Duration.ZERO,
                                WhenCritical.WAIT),
                        new BatchSettings(
                                BatchSizing.PREDICTIVE,
                                10,
                                50,
                                0,
                                Duration.ofMillis(100),
                                Duration.ZERO,
                                Duration.ofSeconds(30)),
                        new RetrySettings(3, Duration.ofMillis(100), Duration.ofSeconds(30)),
                        0,
                        Duration.ofSeconds(30)));
    }

    @Test
    void bind_everySetting() {
        Map<String, String> texts = Map.ofEntries(
                Map.entry("capacity", "7"),
                Map.entry("capacityBytes", "8KiB"),
                Map.entry("lowWatermark", "0.4"),
                Map.entry("highWatermark", "0.5"),
                Map.entry("lowLevel", "0.1"),
                Map.entry("mediumLevel", "0.2"),
                Map.entry("highLevel", "0.3"),
                Map.entry("criticalLevel", "0.4"),
                Map.entry("sojournLimit", "15s"),
                Map.entry("ageLimit", "16s"),
                Map.entry("whenCritical", "refuse"),
                Map.entry("batchSizing", "steps"),
                Map.entry("maxBatchCost", "11"),
                Map.entry("linger", "12ms"),
                Map.entry("initialBatch", "2"),
                Map.entry("maxBatch", "3"),
                Map.entry("targetBatchTime", "4ms"),
                Map.entry("batchTimeout", "5s"),
                Map.entry("maxRetries", "6"),
                Map.entry("retryDelay", "13ms"),
                Map.entry("maxRetryDelay", "14ms"),
                Map.entry("journal", "true"),
                Map.entry("spill", "false"),
                Map.entry("journalBytes", "64KiB"),
                Map.entry("workers", "8"),
                Map.entry("keyOrder", "false"),
                Map.entry("closeTimeout", "9m"));

        assertThat(Settings.of(LanePipelinesSettings.class, texts))
                .isEqualTo(new LanePipelinesSettings(
                        new BackpressureSettings(
                                7,
                                DataSize.parse("8KiB"),
                                0.4,
                                0.5,
                                0.1,
                                0.2,
                                0.3,
                                0.4,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(16),
                                WhenCritical.REFUSE),
                        new BatchSettings(
                                BatchSizing.STEPS,
                                2,
                                3,
                                11,
                                Duration.ofMillis(4),
                                Duration.ofMillis(12),
                                Duration.ofSeconds(5)),
                        new RetrySettings(6, Duration.ofMillis(13), Duration.ofMillis(14)),
                        new JournalSettings(true, false, DataSize.parse("64KiB")),
                        8,
                        false,
                        false,
                        RateLimitSettings.NONE,
                        Duration.ofMinutes(9)));
    }

    @ParameterizedTest
    @CsvSource({
        "capacity, 0",
        "highWatermark, 0",
        "highWatermark, 0.49",
        "lowWatermark, 0",
        "highWatermark, 1.01",
        "highWatermark, NaN",
        "lowLevel, 0",
        "mediumLevel, 0.49",
        "highLevel, 0.69",
        "criticalLevel, 0.84",
        "criticalLevel, 1.01",
        "initialBatch, 0",
        "initialBatch, 51",
        "maxBatch, 0",
        "maxBatchCost, -1",
        "targetBatchTime, 0ms",
        "batchTimeout, 0s",
        "maxRetries, -1",
        "maxRetryDelay, 99ms",
        "journalBytes, 31KiB",
        "workers, -1",
    })
    void bind_outOfRangeIsRefused(String name, String text) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(LanePipelinesSettings.class, Map.of(name, text)))
                .withMessageContaining(name + ": must be");
    }

    @Test
    void bind_refusalExcludesSpill() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        Settings.of(LanePipelinesSettings.class, Map.of("spill", "true", "whenCritical", "refuse")))
                .withMessageContaining("whenCritical: must be wait if spill is true");
        assertThat(Settings.of(LanePipelinesSettings.class, Map.of("spill", "true"))
                        .journaling()
                        .spill())
                .isTrue();
    }

    @Test
    void bind_negativeDurationIsRefused() {
        BackpressureSettings backpressure = TestSettings.backpressure(1, 0, 1);
        BatchSettings batches = TestSettings.batches(1, Duration.ofMillis(1));

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new LanePipelinesSettings(
                        backpressure, batches, TestSettings.retries(0), 1, Duration.ofMillis(-1)))
                .withMessageContaining("closeTimeout: must be");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new BatchSettings(
                        BatchSizing.FIXED, 1, 1, 0, Duration.ofMillis(1), Duration.ofMillis(-1), Duration.ofMillis(1)))
                .withMessageContaining("linger: must be");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new RetrySettings(0, Duration.ofMillis(-1), Duration.ofMillis(1)))
                .withMessageContaining("retryDelay: must be");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new BackpressureSettings(
                        1,
                        new DataSize(0),
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        Duration.ofMillis(-1),
                        Duration.ofMillis(-1),
                        WhenCritical.WAIT))
                .withMessageContaining("sojournLimit: must be")
                .withMessageContaining("ageLimit: must be");
    }
}

package dev.geotherm.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnnxEmbedderSettingsTest {

    private static OnnxEmbedderSettings with(String name, String value) {
        return Settings.of(OnnxEmbedderSettings.class, Map.of(name, value));
    }

    @ParameterizedTest
    @CsvSource({
        "model, ' ', must be a folder or classpath:NAME",
        "model, classpath:, must be a folder or classpath:NAME",
        "maxTokens, 2, must be at least 3",
        "threads, -1, must be from 0 to 4096",
        "threads, 4097, must be from 0 to 4096",
        "batchTexts, 0, must be at least 1",
    })
    void refused(String name, String value, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> with(name, value))
                .withMessageContainingAll(name, message);
    }

    @Test
    void threads_zeroIsOnePerProcessor() {
        assertThat(with("threads", "0").effectiveThreads())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(with("threads", "3").effectiveThreads()).isEqualTo(3);
    }

    @Test
    void guide_listsEverySetting() throws IOException {
        String page = Files.readString(Path.of("../../docs/guide/embedders.md"));
        for (Settings.Described setting : Settings.describe(OnnxEmbedderSettings.class)) {
            assertThat(page)
                    .contains("| `embedding.%s` | `%s` | %s |\n"
                            .formatted(setting.name(), setting.defaultValue(), setting.description()));
        }
    }
}

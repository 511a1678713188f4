package dev.geotherm.openai;

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

final class OpenAiEmbedderSettingsTest {

    private static OpenAiEmbedderSettings with(String name, String value) {
        return Settings.of(OpenAiEmbedderSettings.class, Map.of(name, value));
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, api.openai.com, must be an address",
        "endpoint, ftp://a/b, must be an address",
        "endpoint, 'a b', must be an address",
        "endpoint, http://user:secret@host/v1, must not contain a user or password",
        "endpoint, http://host/v1?api-key=sk-secret, use apiKey",
        "endpoint, http://host/v1?v=1&access_token=secret, use apiKey",
        "endpoint, http://host/v1#x, must not contain a fragment",
        "model, ' ', must name a model",
        "dimension, -1, must be from 0 to 65536",
        "dimension, 65537, must be from 0 to 65536",
        "shortenVectors, true, needs a dimension",
        "apiKey, secret key, visible ASCII",
        "keyHeader, 'a b', must be the name of a header",
        "keyHeader, Host, that a client may set",
        "batchTexts, 0, must be at least 1",
        "batchTokens, 0, must be at least 1",
        "textTokens, 0, must be at least 1",
        "requestsPerMinute, -1, must be at least 0",
        "tokensPerMinute, -1, must be at least 0",
        "connectTimeout, 0s, must be from 1ms",
        "requestTimeout, 0s, must be from 1ms",
        "maxRetryTime, 40000d, must be from 0s",
    })
    void refused(String name, String value, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> with(name, value))
                .withMessageContainingAll(name, message)
                .withMessageNotContaining("secret");
    }

    @Test
    void endpoint_mayHaveAQueryWithoutSecrets() {
        assertThat(with("endpoint", "https://host/v1?api-version=2024-10-21").endpoint())
                .endsWith("?api-version=2024-10-21");
    }

    @Test
    void apiKey_isNotPrinted() {
        assertThat(with("apiKey", "sk-do-not-print").toString())
                .contains("apiKey=***")
                .doesNotContain("sk-do-not-print");
    }

    @Test
    void guide_listsEverySetting() throws IOException {
        String page = Files.readString(Path.of("../../docs/guide/embedders.md"));
        for (Settings.Described setting : Settings.describe(OpenAiEmbedderSettings.class)) {
            assertThat(page)
                    .contains("| `embedding.%s` | %s | %s |\n"
                            .formatted(
                                    setting.name(),
                                    setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                                    setting.description()));
        }
    }
}

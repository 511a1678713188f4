package dev.geotherm.openai;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.anchor.EmbedderContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of every embedder, with batches of two texts, so that a call needs several requests. */
final class OpenAiEmbedderTest extends EmbedderContract {
    private static FakeServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = new FakeServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected Embedder open() {
        OpenAiEmbedderSettings settings = Settings.of(
                OpenAiEmbedderSettings.class,
                Map.of("endpoint", server.endpoint(), "model", "words", "batchTexts", "2"));
        return new OpenAiEmbedderFactory().create(settings, ComponentContext.standalone("embedding"));
    }
}

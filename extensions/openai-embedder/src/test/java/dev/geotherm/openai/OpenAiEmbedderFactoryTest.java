package dev.geotherm.openai;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class OpenAiEmbedderFactoryTest extends ComponentFactoryContract {
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
    protected ComponentFactory<?, ?> factory() {
        return new OpenAiEmbedderFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.EMBEDDING;
    }

    @Override
    protected Map<String, String> overrides() {
        return Map.of("endpoint", server.endpoint());
    }
}

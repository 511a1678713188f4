package dev.geotherm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fixture: a fake server, and embedders whose waits take no time. */
abstract class EmbedderOnFakeServer {
    final AdvancingScheduler scheduler = new AdvancingScheduler();
    private final List<Embedder> opened = new ArrayList<>();
    FakeServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stopServer() {
        opened.forEach(Embedder::close);
        server.close();
    }

    /** Opens an embedder with pairs of names and values as settings; the fixture closes it. */
    Embedder open(String... settings) {
        Map<String, String> texts = new HashMap<>(Map.of(
                "endpoint", server.endpoint(), "model", "words", "dimension", String.valueOf(FakeServer.DIMENSION)));
        for (int i = 0; i < settings.length; i += 2) {
            texts.put(settings[i], settings[i + 1]);
        }
        Embedder embedder = OpenAiEmbedder.open(
                Settings.of(OpenAiEmbedderSettings.class, texts),
                ComponentContext.standalone("embedding")
                        .withClock(scheduler.clock)
                        .withScheduler(scheduler)
                        .withRateLimits(scheduler.limits),
                () -> 0.5);
        opened.add(embedder);
        return embedder;
    }

    static float[][] embed(Embedder embedder, List<String> texts) {
        float[][] into = new float[texts.size()][embedder.dimension()];
        embedder.embed(texts, into);
        return into;
    }

    /** Returns texts that differ from each other. */
    static List<String> texts(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add("text number " + i);
        }
        return texts;
    }

    static void assertOwnVectors(List<String> texts, float[][] vectors) {
        for (int i = 0; i < texts.size(); i++) {
            float[] expected = FakeServer.vector(texts.get(i), vectors[i].length);
            double squares = 0;
            for (float number : expected) {
                squares += number * number;
            }
            for (int j = 0; j < expected.length; j++) {
                assertThat(vectors[i][j])
                        .as("number %s of '%s'", j, texts.get(i))
                        .isCloseTo((float) (expected[j] / Math.sqrt(squares)), within(1e-6f));
            }
        }
    }
}

package dev.geotherm.openai;

import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever fails on the way, each text gets its own vector. */
@Timeout(120)
final class RandomFailuresTest extends EmbedderOnFakeServer {

    @Test
    void eachTextGetsItsOwnVector() {
        RandomCases.run(20, random -> {
            server.shuffled = random.nextBoolean();
            server.mostTexts = 1 + random.nextInt(10);
            server.refusalStatus = random.nextBoolean() ? 413 : 400;
            for (int i = 0; i < random.nextInt(12); i++) {
                switch (random.nextInt(5)) {
                    case 0 -> server.nextStatus(List.of(500, 502, 504).get(random.nextInt(3)));
                    case 1 -> server.nextStatus(429, "", Map.of("Retry-After", String.valueOf(random.nextInt(20))));
                    case 2 -> server.next(exchange -> exchange.close());
                    case 3 -> server.nextStatus(503, "busy", Map.of());
                    default ->
                        server.next(exchange -> {
                            exchange.sendResponseHeaders(200, 100);
                            exchange.getResponseBody().write('{');
                        });
                }
            }
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < random.nextInt(40); i++) {
                texts.add("text " + random.nextInt(1000) + " of case " + random.nextInt(5));
            }
            assertOwnVectors(
                    texts,
                    embed(
                            open(
                                    "batchTexts",
                                    String.valueOf(1 + random.nextInt(16)),
                                    "requestsPerMinute",
                                    String.valueOf(random.nextInt(2) * 60),
                                    "tokensPerMinute",
                                    String.valueOf(random.nextInt(2) * 5000),
                                    "encoding",
                                    random.nextBoolean() ? "float" : "base64",
                                    "maxRetryTime",
                                    "1h"),
                            texts));
        });
    }
}

package dev.geotherm.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares the speed with LangChain4j's, in turns. It runs only if it is named, because its class is not named as a test:
 * {@code mvn test -Pfull -pl extensions/onnx-embedder -am -Dtest=MiniLmThroughput -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("full")
final class MiniLmThroughput {
    private static final int ROUNDS = 7;
    private static final List<String> WORDS = List.of(
            "the geothermal gradient is steep here and wells are drilled into hot rock near the volcano".split(" "));

    @Test
    void compare() throws Exception {
        LangChainEmbedder other = new LangChainEmbedder();
        for (int words : new int[] {8, 32, 90}) {
            List<String> texts = texts(words);
            compare(words + " words, batchTexts 1", texts, other, "1");
            compare(words + " words, batchTexts 32", texts, other, "32");
        }
    }

    private static void compare(String what, List<String> texts, LangChainEmbedder other, String batchTexts)
            throws Exception {
        OnnxEmbedderSettings settings =
                Settings.of(OnnxEmbedderSettings.class, Map.of("maxTokens", "128", "batchTexts", batchTexts));
        try (Embedder embedder = new OnnxEmbedderFactory().create(settings, ComponentContext.standalone("embedding"))) {
            float[][] vectors = new float[texts.size()][embedder.dimension()];
            List<Double> own = new ArrayList<>();
            List<Double> others = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                long start = System.nanoTime();
                embedder.embed(texts, vectors);
                long middle = System.nanoTime();
                assertThat(other.embed(texts)).hasSameSizeAs(texts);
                if (round > 0) { // the first one warms up
                    own.add(texts.size() * 1e9 / (middle - start));
                    others.add(texts.size() * 1e9 / (System.nanoTime() - middle));
                }
            }
            Collections.sort(own);
            Collections.sort(others);
            System.out.printf(
                    "%s: %.0f/s (%.0f to %.0f), LangChain4j %.0f/s (%.0f to %.0f), ratio of medians %.2f%n",
                    what,
                    own.get(ROUNDS / 2),
                    own.get(0),
                    own.get(ROUNDS - 1),
                    others.get(ROUNDS / 2),
                    others.get(0),
                    others.get(ROUNDS - 1),
                    own.get(ROUNDS / 2) / others.get(ROUNDS / 2));
        }
    }

    private static List<String> texts(int words) {
        Random random = new Random(words);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<String> text = new ArrayList<>();
            for (int j = 0; j < words * (50 + random.nextInt(100)) / 100; j++) {
                text.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            texts.add(String.join(" ", text));
        }
        return texts;
    }
}

package dev.geotherm.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.anchor.EmbedderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract with MiniLM, and its vectors beside those of LangChain4j. The model is on the class path with {@code -Pfull}. */
@Tag("full")
final class MiniLmTest extends EmbedderContract {

    @BeforeAll
    static void requireModel() {
        assumeTrue(
                MiniLmTest.class.getResource("/all-minilm-l6-v2.onnx") != null,
                "MiniLM is not on the class path; run the tests with -Pfull");
    }

    @Override
    protected Embedder open() {
        return new OnnxEmbedderFactory()
                .create(Settings.defaults(OnnxEmbedderSettings.class), ComponentContext.standalone("embedding"));
    }

    @Test
    void embed_isLikeLangChain4j() throws Exception {
        List<String> texts = List.of(
                "The geothermal gradient is steep here.",
                "compilers translate programs of one language into another",
                "Größe, naïve café, 東京",
                "word ".repeat(300));
        LangChainEmbedder other = new LangChainEmbedder();
        // LangChain4j reads the limit of 128 tokens in the tokenizer's file.
        OnnxEmbedderSettings settings = Settings.of(OnnxEmbedderSettings.class, Map.of("maxTokens", "128"));
        try (Embedder embedder = new OnnxEmbedderFactory().create(settings, ComponentContext.standalone("embedding"))) {
            for (String text : texts) {
                float[] expected = other.embed(List.of(text)).get(0);
                float[] actual = embedder.embed(text);
                double cosine = 0;
                for (int i = 0; i < actual.length; i++) {
                    cosine += (double) actual[i] * expected[i];
                }
                assertThat(cosine).as(text).isGreaterThanOrEqualTo(0.9999);
            }
        }
    }

    @Test
    void embed_isEqualToTheLastBitWithAnyThreadsAndBatches() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add("hot rock below the volcano ".repeat(1 + i % 5) + i);
        }
        float[][] expected = embed(texts, "1", "1");
        assertThat(embed(texts, "4", "1")).isDeepEqualTo(expected);
        float[][] grouped = embed(texts, "2", "8");
        for (int i = 0; i < grouped.length; i++) {
            assertThat(grouped[i]).containsExactly(expected[i], within(1e-6f));
        }
    }

    private static float[][] embed(List<String> texts, String threads, String batchTexts) {
        OnnxEmbedderSettings settings =
                Settings.of(OnnxEmbedderSettings.class, Map.of("threads", threads, "batchTexts", batchTexts));
        try (Embedder embedder = new OnnxEmbedderFactory().create(settings, ComponentContext.standalone("embedding"))) {
            float[][] vectors = new float[texts.size()][embedder.dimension()];
            embedder.embed(texts, vectors);
            return vectors;
        }
    }
}

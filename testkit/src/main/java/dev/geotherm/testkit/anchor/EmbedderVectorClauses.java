package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.EmbedderFixture.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.Embedder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The clauses of {@link EmbedderContract} about vectors and determinism. */
abstract class EmbedderVectorClauses {
    private final EmbedderFixture fixture;

    EmbedderVectorClauses(EmbedderFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void dimension_isPositiveAndConstant() {
        assertThat(fixture.embedder.dimension()).isPositive().isEqualTo(fixture.embedder.dimension());
    }

    @Test
    void embed_vectorsHaveLengthOne() {
        for (float[] vector : fixture.embedAll(fixture.embedder, fixture.texts())) {
            assertThat(Math.sqrt(dot(vector, vector))).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void embed_emptyTextIsAllZeros() {
        assertThat(fixture.embedder.embed("")).containsOnly(0f);
    }

    @Test
    void embed_anyTextHasFiniteNumbers() {
        List<String> hostile =
                List.of("\u0000\uFFFF", "\uD800", "😀😀", " \t\n", "…!?—", "x".repeat(50_000), "a b ".repeat(10_000));
        for (float[] vector : fixture.embedAll(fixture.embedder, hostile)) {
            double length = Math.sqrt(dot(vector, vector));
            assertThat(length == 0 || Math.abs(length - 1) < 1e-4)
                    .as("length %s", length)
                    .isTrue();
        }
    }

    @Test
    void tokenStarts_areInOrderWithinTheText() {
        List<String> texts = new ArrayList<>(fixture.texts());
        texts.addAll(List.of("", " ", "One, two.", "Äpfel e\u0301 中国 \uD83D\uDE00 x", "word ".repeat(2_000)));
        for (String text : texts) {
            int[] starts = fixture.embedder.tokenStarts(text);
            assertThat(starts).as(text).isSorted().isEqualTo(fixture.embedder.tokenStarts(text));
            for (int start : starts) {
                assertThat(start).as("in %s", text).isBetween(0, text.length() - 1);
                assertThat(Character.isLowSurrogate(text.charAt(start)))
                        .as("a token of %s starts within a character", text)
                        .isFalse();
            }
        }
        assertThat(fixture.embedder.tokenStarts("word ".repeat(2_000)))
                .as("a long text has all its tokens")
                .hasSizeGreaterThanOrEqualTo(2_000);
    }

    @Test
    void embed_similarTextsAreNear() {
        float[][] vectors = fixture.embedAll(fixture.embedder, fixture.texts());
        assertThat(dot(vectors[0], vectors[1])).isGreaterThan(dot(vectors[0], vectors[vectors.length - 1]));
    }

    @Test
    void embed_equalTextsHaveEqualVectors() {
        String text = fixture.texts().get(0);
        assertThat(fixture.embedder.embed(new String(text.toCharArray()))).isEqualTo(fixture.embedder.embed(text));
    }

    @Test
    void embed_isIndependentOfTheBatch() {
        List<String> texts = fixture.texts();
        float[][] together = fixture.embedAll(fixture.embedder, texts);
        List<String> reversed = new ArrayList<>(texts);
        Collections.reverse(reversed);
        float[][] backwards = fixture.embedAll(fixture.embedder, reversed);
        for (int i = 0; i < texts.size(); i++) {
            float[][] alone = fixture.embedAll(fixture.embedder, List.of(texts.get(i)));
            assertThat(together[i]).isEqualTo(alone[0]).isEqualTo(backwards[texts.size() - 1 - i]);
        }
    }

    @Test
    void embed_isIndependentOfTheInstance() {
        try (Embedder other = fixture.openAnother()) {
            float[][] first = fixture.embedAll(fixture.embedder, fixture.texts());
            assertThat(fixture.embedAll(other, fixture.texts())).isDeepEqualTo(first);
        }
    }

    @Test
    void embed_isIndependentOfTheThread() throws Exception {
        float[][] expected = fixture.embedAll(fixture.embedder, fixture.texts());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[][]>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                results.add(threads.submit(() -> fixture.embedAll(fixture.embedder, fixture.texts())));
            }
            for (Future<float[][]> result : results) {
                assertThat(result.get()).isDeepEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.Embedder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Embedder} does; extend it and say how yours is opened.
 *
 * <p>Texts are English: an embedder for other texts overrides {@link #texts()}.
 */
public abstract class EmbedderContract {
    private Embedder embedder;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // opened before each test
    protected EmbedderContract() {}

    /** Returns a new embedder, always of the same settings; the contract closes it. */
    protected abstract Embedder open();

    /** Returns at least four texts with something to embed, of which the first two are more alike than the first and last. */
    protected List<String> texts() {
        return List.of(
                "the shock wave stands in front of the wing",
                "a shock wave in front of a swept wing",
                "boundary layers on slender bodies of revolution",
                "compilers translate programs of one language into another");
    }

    @BeforeEach
    final void openEmbedder() {
        embedder = open();
    }

    @AfterEach
    final void closeEmbedder() {
        embedder.close();
    }

    private float[][] rows(int count) {
        return new float[count][embedder.dimension()];
    }

    private float[][] embedAll(Embedder by, List<String> texts) {
        float[][] into = rows(texts.size());
        by.embed(texts, into);
        return into;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Nested
    final class Vectors {
        @Test
        void theDimensionIsPositiveAndStays() {
            assertThat(embedder.dimension()).isPositive().isEqualTo(embedder.dimension());
        }

        @Test
        void vectorsHaveLengthOne() {
            for (float[] vector : embedAll(embedder, texts())) {
                assertThat(Math.sqrt(dot(vector, vector))).isCloseTo(1, within(1e-4));
            }
        }

        @Test
        void anEmptyTextIsAllZeros() {
            assertThat(embedder.embed("")).containsOnly(0f);
        }

        @Test
        void anyTextHasFiniteNumbers() {
            List<String> hostile = List.of(
                    "\u0000\uFFFF", "\uD800", "😀😀", " \t\n", "…!?—", "x".repeat(50_000), "a b ".repeat(10_000));
            for (float[] vector : embedAll(embedder, hostile)) {
                double length = Math.sqrt(dot(vector, vector));
                assertThat(length == 0 || Math.abs(length - 1) < 1e-4)
                        .as("length %s", length)
                        .isTrue();
            }
        }

        @Test
        void textsThatAreAlikeAreNear() {
            float[][] vectors = embedAll(embedder, texts());
            assertThat(dot(vectors[0], vectors[1])).isGreaterThan(dot(vectors[0], vectors[vectors.length - 1]));
        }
    }

    @Nested
    final class Determinism {
        @Test
        void equalTextsHaveEqualVectors() {
            String text = texts().get(0);
            assertThat(embedder.embed(new String(text.toCharArray()))).isEqualTo(embedder.embed(text));
        }

        @Test
        void theBatchDoesNotMatter() {
            List<String> texts = texts();
            float[][] together = embedAll(embedder, texts);
            List<String> reversed = new ArrayList<>(texts);
            Collections.reverse(reversed);
            float[][] backwards = embedAll(embedder, reversed);
            for (int i = 0; i < texts.size(); i++) {
                float[][] alone = embedAll(embedder, List.of(texts.get(i)));
                assertThat(together[i]).isEqualTo(alone[0]).isEqualTo(backwards[texts.size() - 1 - i]);
            }
        }

        @Test
        void theInstanceDoesNotMatter() {
            try (Embedder other = open()) {
                float[][] first = embedAll(embedder, texts());
                assertThat(embedAll(other, texts())).isDeepEqualTo(first);
            }
        }

        @Test
        void theThreadDoesNotMatter() throws Exception {
            float[][] expected = embedAll(embedder, texts());
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<float[][]>> results = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    results.add(threads.submit(() -> embedAll(embedder, texts())));
                }
                for (Future<float[][]> result : results) {
                    assertThat(result.get()).isDeepEqualTo(expected);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    final class Rows {
        @Test
        void whatWasInARowIsOverwritten() {
            List<String> texts = List.of(texts().get(0), "");
            float[][] expected = embedAll(embedder, texts);
            float[][] into = rows(2);
            Arrays.fill(into[0], 7);
            Arrays.fill(into[1], 7);
            embedder.embed(texts, into);
            assertThat(into).isDeepEqualTo(expected);
        }

        @Test
        void furtherRowsAreLeftAlone() {
            float[][] into = rows(2);
            Arrays.fill(into[1], 7);
            embedder.embed(texts().subList(0, 1), into);
            assertThat(into[1]).containsOnly(7f);
        }

        @Test
        void noTextsWriteNothing() {
            float[][] into = rows(1);
            Arrays.fill(into[0], 7);
            embedder.embed(List.of(), into);
            embedder.embed(List.of(), new float[0][]);
            assertThat(into[0]).containsOnly(7f);
        }

        @Test
        void aMissingRowIsRefusedAndNothingIsWritten() {
            float[][] into = rows(1);
            assertThatIllegalArgumentException().isThrownBy(() -> embedder.embed(texts(), into));
            assertThat(into[0]).containsOnly(0f);
        }

        @Test
        void aRowOfAnotherLengthIsRefusedAndNothingIsWritten() {
            float[][] into = rows(2);
            into[1] = new float[embedder.dimension() + 1];
            assertThatIllegalArgumentException().isThrownBy(() -> embedder.embed(texts().subList(0, 2), into));
            assertThat(into[0]).containsOnly(0f);
            assertThat(into[1]).containsOnly(0f);
        }
    }

    @Nested
    final class Life {
        @Test
        void metricsCountTextsAndCharacters() {
            embedAll(embedder, texts());
            assertThat(embedder.metrics().texts()).isEqualTo(texts().size());
            assertThat(embedder.metrics().characters())
                    .isEqualTo(texts().stream().mapToLong(String::length).sum());
            assertThat(embedder.metrics().time().isNegative()).isFalse();
        }

        @Test
        void aClosedEmbedderRefuses() {
            embedder.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> embedder.embed(List.of("a"), new float[1][embedder.dimension()]));
        }

        @Test
        void closingTwiceIsFine() {
            embedder.close();
            assertThatCode(embedder::close).doesNotThrowAnyException();
        }
    }
}

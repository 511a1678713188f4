package dev.geotherm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How texts are divided into requests. */
final class BatchTest extends EmbedderOnFakeServer {

    private List<Integer> sizes() {
        return server.received().stream().map(request -> request.texts().size()).toList();
    }

    @Test
    void batches_haveAtMostBatchTexts() {
        assertOwnVectors(texts(7), embed(open("batchTexts", "3"), texts(7)));
        assertThat(sizes()).containsExactly(3, 3, 1);
    }

    @Test
    void batches_haveAtMostBatchTokens() {
        int each = TokenEstimate.of("text number 1");
        assertOwnVectors(texts(7), embed(open("batchTokens", String.valueOf(2 * each)), texts(7)));
        assertThat(sizes()).containsExactly(2, 2, 2, 1);
    }

    @Test
    void batches_aLongTextIsOneAlone() {
        List<String> texts = List.of("a", "b ".repeat(100), "c", "d");
        assertOwnVectors(texts, embed(open("batchTokens", "20"), texts));
        assertThat(sizes()).containsExactly(1, 1, 2);
    }

    @Test
    void batches_areSmallerIfTheServerCountsMoreTokens() {
        server.tokensPerCharacter = 1.2;
        Embedder embedder = open("batchTokens", "32");
        embed(embedder, texts(4));
        embed(embedder, texts(4));
        assertThat(sizes()).containsExactly(4, 2, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {413, 400, 422, 500})
    void batches_refusedAsTooLargeAreHalved(int status) {
        server.mostTexts = 2;
        server.refusalStatus = status;
        assertOwnVectors(texts(7), embed(open(), texts(7)));
        assertThat(sizes()).containsExactly(7, 3, 1, 2, 4, 2, 2);
        assertThat(scheduler.waits).isEmpty();
    }

    @Test
    void texts_tooLongAreTruncatedBeforeTheyAreSent() {
        embed(open("textTokens", "10"), List.of("abc".repeat(20)));
        assertThat(server.received().get(0).texts()).containsExactly("abc".repeat(8));
    }

    @Test
    void texts_thatTheServerRefusesAreTruncatedToHalf() {
        server.longestText = 50;
        List<String> texts = List.of("abcd".repeat(30), "short");
        float[][] together = embed(open(), texts);
        assertThat(together[0]).isEqualTo(embed(open(), texts.subList(0, 1))[0]);
        assertOwnVectors(List.of("short"), new float[][] {together[1]});
        server.received().forEach(request -> assertThat(request.texts().get(0)).matches("(abcd)*[abcd]*|short"));
    }

    @Test
    void texts_tooLongAreRefusedIfSo() {
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(
                        () -> embed(open("textTokens", "10", "whenTooLong", "refuse"), List.of("a", "b ".repeat(99))))
                .withMessageContaining("text 1 has about 69 tokens, more than textTokens (10) allows");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void texts_thatTheServerRefusesAreRefusedIfSo() {
        server.longestText = 50;
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> embed(open("whenTooLong", "refuse"), List.of("b ".repeat(99))))
                .withMessageContainingAll("text 0 is too long", "too large to process");
    }

    @Test
    void texts_refusedAtAnyLengthFail() {
        server.longestText = 0;
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> embed(open(), List.of("some words", "more words")))
                .withMessageContaining("text 0 is too long");
        assertThat(server.received()).hasSizeLessThan(12);
    }
}

package dev.geotherm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from the server's answers. */
final class AnswerTest extends EmbedderOnFakeServer {

    @Test
    void vectors_areOrderedByIndex() {
        server.shuffled = true;
        assertOwnVectors(texts(20), embed(open(), texts(20)));
    }

    @Test
    void vectors_withoutIndexAreInOrder() {
        server.nextBody("{\"data\":[{\"embedding\":[1,0]},{\"embedding\":[0,2]}]}");
        assertThat(embed(open("dimension", "2"), texts(2))).isDeepEqualTo(new float[][] {{1, 0}, {0, 1}});
    }

    @Test
    void vectors_inBase64AreTheSame() {
        float[][] expected = embed(open(), texts(5));
        assertThat(embed(open("encoding", "base64"), texts(5))).isDeepEqualTo(expected);
        assertThat(server.received().get(1).body().path("encoding_format").asText())
                .isEqualTo("base64");
    }

    @Test
    void vectors_areNormalized() {
        server.nextBody("{\"data\":[{\"index\":0,\"embedding\":[3,4]}]}");
        assertThat(embed(open("dimension", "2"), texts(1))[0]).containsExactly(0.6f, 0.8f);
    }

    @Test
    void vectors_ofZerosStay() {
        server.nextBody("{\"data\":[{\"index\":0,\"embedding\":[0,0]}]}");
        assertThat(embed(open("dimension", "2"), texts(1))[0]).containsOnly(0f);
    }

    @Test
    void tokens_areThoseOfTheServer() {
        server.nextBody("{\"data\":[{\"embedding\":[1,0]}],\"usage\":{\"prompt_tokens\":77,\"total_tokens\":77}}");
        Embedder embedder = open("dimension", "2");
        embed(embedder, texts(1));
        assertThat(embedder.metrics().tokens()).isEqualTo(77);
    }

    @Test
    void tokens_withoutUsageAreEstimated() {
        server.nextBody("{\"data\":[{\"embedding\":[1,0]}]}");
        Embedder embedder = open("dimension", "2");
        embed(embedder, texts(1));
        assertThat(embedder.metrics().tokens()).isEqualTo(TokenEstimate.of("text number 0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>hello</html> | is not JSON",
                "{\"vectors\":[]} | has no array 'data'",
                "{\"data\":[]} | has 0 vectors for 2 texts",
                "{\"data\":[{\"embedding\":[1,0]},{\"embedding\":[1,0]},{\"embedding\":[1,0]}]} | has 3 vectors for 2 texts",
                "{\"data\":[{\"index\":1,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[1,0]}]} | occurs twice: 1",
                "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":2,\"embedding\":[1,0]}]} | out of range",
                "{\"data\":[{\"embedding\":[1,0,0]},{\"embedding\":[1,0,0]}]} | set dimension to 3, or to 0",
                "{\"data\":[{\"embedding\":[]},{\"embedding\":[]}]} | has an empty vector",
                "{\"data\":[{\"embedding\":[1,1e99]},{\"embedding\":[1,0]}]} | is not finite",
                "{\"data\":[{\"embedding\":[1,\"NaN\"]},{\"embedding\":[1,0]}]} | something that is not a number",
                "{\"data\":[{\"embedding\":[1,null]},{\"embedding\":[1,0]}]} | something that is not a number",
                "{\"data\":[{\"embedding\":\"AADAfwAAAAA=\"},{\"embedding\":[1,0]}]} | is not finite",
                "{\"data\":[{\"embedding\":\"AADAfwA=\"},{\"embedding\":[1,0]}]} | multiple of four bytes",
                "{\"data\":[{\"embedding\":\"!\"},{\"embedding\":[1,0]}]} | neither an array nor base64",
                "{\"data\":[{\"embedding\":7},{\"embedding\":[1,0]}]} | without a vector 'embedding'",
            })
    void malformedAnswer_isRefusedWithReason(String body, String reason) {
        server.nextBody(body);
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> embed(open("dimension", "2", "apiKey", "sk-x"), List.of("one", "two")))
                .withMessageContainingAll("the answer of", "'words'", server.endpoint(), reason)
                .withMessageNotContaining("sk-x");
        assertThat(server.received()).hasSize(1);
    }
}

package dev.geotherm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Embedder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sent to the server. */
final class RequestTest extends EmbedderOnFakeServer {

    private FakeServer.Received sent(List<String> texts, String... settings) {
        embed(open(settings), texts);
        return server.received().get(0);
    }

    @Test
    void request_hasModelTextsAndEncoding() {
        FakeServer.Received request = sent(List.of("a", "b"));
        assertThat(request.path()).isEqualTo("/v1/embeddings");
        assertThat(request.body().toString())
                .isEqualTo("{\"model\":\"words\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"float\"}");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void request_doesNotOfferHttp2WithoutEncryption() {
        assertThat(sent(List.of("a")).headers().keySet()).doesNotContain("Upgrade", "Http2-settings");
    }

    @Test
    void request_withoutKeyHasNoKeyHeader() {
        assertThat(sent(List.of("a")).headers().keySet()).doesNotContain("Authorization");
    }

    @Test
    void request_sendsKeyAsBearerToken() {
        assertThat(sent(List.of("a"), "apiKey", "sk-1").headers().getFirst("Authorization"))
                .isEqualTo("Bearer sk-1");
    }

    @Test
    void request_sendsKeyInOtherHeaderAsItIs() {
        FakeServer.Received request = sent(List.of("a"), "apiKey", "sk-1", "keyHeader", "api-key");
        assertThat(request.headers().getFirst("api-key")).isEqualTo("sk-1");
        assertThat(request.headers().keySet()).doesNotContain("Authorization");
    }

    @Test
    void request_keepsQueryOfTheEndpoint() {
        String deployment = server.endpoint() + "/deployments/d/?api-version=2024-10-21";
        assertThat(sent(List.of("a"), "endpoint", deployment).path())
                .isEqualTo("/v1/deployments/d/embeddings?api-version=2024-10-21");
    }

    @Test
    void request_asksForShorterVectorsOnlyIfSet() {
        assertThat(sent(List.of("a")).body().has("dimensions")).isFalse();
        float[][] vectors = embed(open("dimension", "16", "shortenVectors", "true"), List.of("some words"));
        assertThat(server.received().get(1).body().path("dimensions").asInt()).isEqualTo(16);
        assertOwnVectors(List.of("some words"), vectors);
    }

    @Test
    void request_hasNoBlankTexts() {
        Embedder embedder = open();
        float[][] vectors = embed(embedder, List.of("", "a", " \n"));
        assertThat(server.received().get(0).texts()).containsExactly("a");
        assertThat(vectors[0]).containsOnly(0f);
        assertThat(vectors[2]).containsOnly(0f);
        embed(embedder, List.of("", " "));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void request_replacesUnpairedSurrogates() {
        assertThat(sent(List.of("a\uD800b")).texts()).containsExactly("a?b");
    }

    @Test
    void dimension_zeroAsksTheServerOnce() {
        Embedder embedder = open("dimension", "0");
        assertThat(embedder.dimension()).isEqualTo(FakeServer.DIMENSION);
        assertThat(server.received()).hasSize(1);
        assertOwnVectors(texts(3), embed(embedder, texts(3)));
    }

    @Test
    void dimension_setSendsNothing() {
        assertThat(open().dimension()).isEqualTo(FakeServer.DIMENSION);
        assertThat(server.received()).isEmpty();
    }
}

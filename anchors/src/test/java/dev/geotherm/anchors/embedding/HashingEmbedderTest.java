package dev.geotherm.anchors.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.anchor.EmbedderContract;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HashingEmbedderTest extends EmbedderContract {

    @Override
    protected Embedder open() {
        return new HashingEmbedder(Settings.defaults(HashingEmbedderSettings.class));
    }

    @Test
    void embed_vectorsNeverChange() {
        try (Embedder small =
                new HashingEmbedder(Settings.of(HashingEmbedderSettings.class, Map.of("dimension", "8")))) {
            assertThat(Arrays.toString(small.embed("Semantic anchors")))
                    .isEqualTo(
                            "[-0.9875145, 0.0, 0.047496475, -0.09499295, -0.09499295, 0.0, -0.047496475, 0.047496475]");
        }
    }

    @Test
    void embed_formsOfAWordAreEqual() {
        try (Embedder embedder = open()) {
            assertThat(embedder.embed("The Wings")).isEqualTo(embedder.embed("wing"));
        }
    }
}

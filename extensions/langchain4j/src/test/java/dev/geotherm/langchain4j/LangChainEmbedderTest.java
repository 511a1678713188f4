package dev.geotherm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.anchor.EmbedderContract;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LangChainEmbedderTest extends EmbedderContract {
    private final WordModel model = new WordModel();

    @Override
    protected Embedder open() {
        return new LangChainEmbedder(model, 3);
    }

    /** A model of two dimensions, whose vectors are always the same. */
    private record ConstantModel(float... vector) implements EmbeddingModel {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            List<Embedding> embeddings = new ArrayList<>();
            segments.forEach(segment -> embeddings.add(Embedding.from(vector)));
            return Response.from(embeddings, new TokenUsage(7));
        }

        @Override
        public int dimension() {
            return 2;
        }
    }

    @Test
    void embed_sendsBatchesWithoutBlankTexts() {
        List<Integer> sizes = new ArrayList<>();
        EmbeddingModel counting = new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                sizes.add(segments.size());
                return model.embedAll(segments);
            }

            @Override
            public int dimension() {
                return model.dimension();
            }
        };
        try (Embedder embedder = new LangChainEmbedder(counting, 2)) {
            embedder.embed(List.of("a b", " ", "c d", "", "e f"), new float[5][embedder.dimension()]);
        }
        assertThat(sizes).containsExactly(2, 1);
        assertThat(model.embedded()).containsExactly("a b", "c d", "e f");
    }

    @Test
    void embed_normalisesAndCountsTokens() {
        try (Embedder embedder = new LangChainEmbedder(new ConstantModel(3, 4), 10)) {
            assertThat(embedder.embed("text")).containsExactly(0.6f, 0.8f);
            assertThat(embedder.metrics().tokens()).isEqualTo(7);
            assertThat(embedder.metrics().texts()).isEqualTo(1);
        }
    }

    @Test
    void embed_refusesWhatIsNoVectorOfTheModel() {
        try (Embedder embedder = new LangChainEmbedder(new ConstantModel(1, 2, 3), 10)) {
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(() -> embedder.embed("text"))
                    .withMessageContaining("vector of 3 numbers; its dimension is 2");
        }
        try (Embedder embedder = new LangChainEmbedder(new ConstantModel(1, Float.NaN), 10)) {
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(() -> embedder.embed("text"))
                    .withMessageContaining("not finite");
        }
    }

    @Test
    void create_refusesABatchWithoutTexts() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LangChainEmbedder(model, 0));
    }
}

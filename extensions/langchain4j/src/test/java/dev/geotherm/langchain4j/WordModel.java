package dev.geotherm.langchain4j;

import dev.geotherm.anchors.embedding.HashingEmbedderFactory;
import dev.geotherm.anchors.embedding.HashingEmbedderSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.List;

/** An embedding model of words, which remembers what it embedded. */
public final class WordModel implements EmbeddingModel {
    private final Embedder embedder = new HashingEmbedderFactory()
            .create(Settings.defaults(HashingEmbedderSettings.class), ComponentContext.standalone("embedding"));
    private final List<String> embedded = new ArrayList<>();

    /** For {@code embedding.model}. */
    public WordModel() {}

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        List<Embedding> embeddings = new ArrayList<>();
        for (TextSegment segment : segments) {
            synchronized (embedded) {
                embedded.add(segment.text());
            }
            embeddings.add(Embedding.from(embedder.embed(segment.text())));
        }
        return Response.from(embeddings);
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    /** Returns what was embedded since the last call. */
    List<String> embedded() {
        synchronized (embedded) {
            List<String> since = List.copyOf(embedded);
            embedded.clear();
            return since;
        }
    }
}

package dev.geotherm.anchors.embedding;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderFactory;

/** The factory of {@code hashing} embedders. */
@SuppressWarnings("rawtypes") // a class literal cannot name the type argument
@AutoService(EmbedderFactory.class)
public final class HashingEmbedderFactory implements EmbedderFactory<HashingEmbedderSettings> {

    /** Creates a factory. */
    public HashingEmbedderFactory() {}

    @Override
    public String name() {
        return "hashing";
    }

    @Override
    public String description() {
        return "Hashes word stems and character n-grams into vectors: no model, the same result everywhere.";
    }

    @Override
    public Class<HashingEmbedderSettings> settings() {
        return HashingEmbedderSettings.class;
    }

    @Override
    public Embedder create(HashingEmbedderSettings settings, ComponentContext context) {
        return new HashingEmbedder(settings);
    }
}

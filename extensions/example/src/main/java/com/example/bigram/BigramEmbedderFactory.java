package com.example.bigram;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderFactory;

/** The factory of letter bigram embedders, listed in META-INF/services and chosen by {@code embedding.use=bigram}. */
public final class BigramEmbedderFactory implements EmbedderFactory<BigramSettings> {

    @Override
    public String name() {
        return "bigram";
    }

    @Override
    public String description() {
        return "Counts the pairs of neighbouring letters in a text.";
    }

    @Override
    public Class<BigramSettings> settings() {
        return BigramSettings.class;
    }

    @Override
    public Embedder create(BigramSettings settings, ComponentContext context) {
        return new BigramEmbedder(settings);
    }
}

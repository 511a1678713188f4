package com.example.bigram;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.anchor.EmbedderContract;

/** Runs the contract of every embedder for this one. */
class BigramEmbedderTest extends EmbedderContract {

    @Override
    protected Embedder open() {
        return new BigramEmbedderFactory()
                .create(Settings.defaults(BigramSettings.class), ComponentContext.standalone("embedding"));
    }
}

package dev.geotherm.openai;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderFactory;

/**
 * The factory of {@code openai} embedders.
 *
 * <p>If the setting {@code dimension} is 0, {@link #create} sends one request to the server to learn the length of the model's
 * vectors, and fails if the server does not respond. Otherwise it sends nothing.
 */
@SuppressWarnings("rawtypes") // a class literal cannot name the type argument
@AutoService(EmbedderFactory.class)
public final class OpenAiEmbedderFactory implements EmbedderFactory<OpenAiEmbedderSettings> {

    /** Creates a factory. */
    public OpenAiEmbedderFactory() {}

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String description() {
        return "Asks a server with OpenAI's interface for embeddings: OpenAI, Azure, Ollama, vLLM, llama.cpp.";
    }

    @Override
    public Class<OpenAiEmbedderSettings> settings() {
        return OpenAiEmbedderSettings.class;
    }

    @Override
    public Embedder create(OpenAiEmbedderSettings settings, ComponentContext context) {
        return OpenAiEmbedder.open(settings, context);
    }
}

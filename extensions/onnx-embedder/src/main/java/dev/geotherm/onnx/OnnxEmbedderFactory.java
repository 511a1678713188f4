package dev.geotherm.onnx;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderFactory;

/** The factory of {@code onnx} embedders. {@link #create} loads the model, and fails if it is missing. */
@SuppressWarnings("rawtypes") // a class literal cannot name the type argument
@AutoService(EmbedderFactory.class)
public final class OnnxEmbedderFactory implements EmbedderFactory<OnnxEmbedderSettings> {

    /** Creates a factory. */
    public OnnxEmbedderFactory() {}

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public String description() {
        return "Runs a transformer model in ONNX format, such as MiniLM, in the process: no server, no network.";
    }

    @Override
    public Class<OnnxEmbedderSettings> settings() {
        return OnnxEmbedderSettings.class;
    }

    @Override
    public Embedder create(OnnxEmbedderSettings settings, ComponentContext context) {
        return OnnxEmbedder.open(settings, context);
    }
}

package dev.geotherm.onnx;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** LangChain4j's embedder of MiniLM, by reflection: it is on the class path with {@code -Pfull} only. */
final class LangChainEmbedder {
    private static final String MODELS = "dev.langchain4j.model.embedding.";

    private final Object model;
    private final Method embedAll;
    private final Method segment;

    LangChainEmbedder() throws ReflectiveOperationException {
        model = Class.forName(MODELS + "onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel")
                .getConstructor()
                .newInstance();
        embedAll = Class.forName(MODELS + "EmbeddingModel").getMethod("embedAll", List.class);
        segment = Class.forName("dev.langchain4j.data.segment.TextSegment").getMethod("from", String.class);
    }

    List<float[]> embed(List<String> texts) throws ReflectiveOperationException {
        List<Object> segments = new ArrayList<>();
        for (String text : texts) {
            segments.add(segment.invoke(null, text));
        }
        Object response = embedAll.invoke(model, segments);
        List<float[]> vectors = new ArrayList<>();
        for (Object embedding :
                (List<?>) response.getClass().getMethod("content").invoke(response)) {
            vectors.add((float[]) embedding.getClass().getMethod("vector").invoke(embedding));
        }
        return vectors;
    }
}

package dev.geotherm.onnx;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class OnnxEmbedderFactoryTest extends ComponentFactoryContract {
    @TempDir
    static Path models;

    @BeforeAll
    static void writeModel() throws IOException {
        TinyModel.write(models);
    }

    @Override
    protected ComponentFactory<?, ?> factory() {
        return new OnnxEmbedderFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.EMBEDDING;
    }

    @Override
    protected Map<String, String> overrides() {
        return Map.of("model", models.toString());
    }
}

package dev.geotherm.langchain4j;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderFactory;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.spi.model.embedding.EmbeddingModelFactory;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** The factory of {@code langchain4j} embedders. {@link #create} creates the model, and fails if none is configured. */
@SuppressWarnings("rawtypes") // a class literal cannot name the type argument
@AutoService(EmbedderFactory.class)
public final class LangChainEmbedderFactory implements EmbedderFactory<LangChainEmbedderSettings> {

    /** Creates a factory. */
    public LangChainEmbedderFactory() {}

    @Override
    public String name() {
        return "langchain4j";
    }

    @Override
    public String description() {
        return "Asks a LangChain4j embedding model.";
    }

    @Override
    public Class<LangChainEmbedderSettings> settings() {
        return LangChainEmbedderSettings.class;
    }

    @Override
    public Embedder create(LangChainEmbedderSettings settings, ComponentContext context) {
        EmbeddingModel model = settings.model().isEmpty() ? onlyService() : named(settings.model());
        return new LangChainEmbedder(model, settings.batchTexts());
    }

    private static EmbeddingModel onlyService() {
        List<ServiceLoader.Provider<EmbeddingModelFactory>> found =
                ServiceLoader.load(EmbeddingModelFactory.class, LangChainEmbedderFactory.class.getClassLoader())
                        .stream()
                        .toList();
        if (found.size() != 1) {
            List<String> names =
                    found.stream().map(each -> each.type().getName()).sorted().toList();
            throw new GeothermException((names.isEmpty()
                            ? "no LangChain4j embedding model is installed as a service"
                            : "several LangChain4j embedding models are installed: " + String.join(", ", names))
                    + "; choose one by its class with embedding.model");
        }
        return found.get(0).get().create();
    }

    private static EmbeddingModel named(String name) {
        Object created;
        try {
            created = load(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError failed) {
            throw new GeothermException(
                    "cannot create the embedding model " + name + ": " + failed
                            + "; a public class with a public constructor without parameters was expected",
                    failed);
        }
        if (created instanceof EmbeddingModel model) {
            return model;
        } else if (created instanceof EmbeddingModelFactory factory) {
            return factory.create();
        } else if (created instanceof Supplier<?> supplier && supplier.get() instanceof EmbeddingModel model) {
            return model;
        }
        throw new GeothermException(
                name + " is not a LangChain4j embedding model, nor a Supplier or EmbeddingModelFactory of one");
    }

    /** Loads a class of the application or, if this extension is a plugin, a class of the plugin. */
    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader own = LangChainEmbedderFactory.class.getClassLoader();
        try {
            return Class.forName(name, true, own);
        } catch (ClassNotFoundException notBeside) {
            ClassLoader application = Thread.currentThread().getContextClassLoader();
            return Class.forName(name, true, application == null ? own : application);
        }
    }
}

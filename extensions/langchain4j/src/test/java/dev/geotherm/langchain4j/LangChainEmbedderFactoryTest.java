package dev.geotherm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class LangChainEmbedderFactoryTest extends ComponentFactoryContract {
    @Override
    protected ComponentFactory<?, ?> factory() {
        return new LangChainEmbedderFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.EMBEDDING;
    }

    @Override
    protected Map<String, String> overrides() {
        return Map.of("model", WordModel.class.getName());
    }

    /** A supplier, for {@code embedding.model}. */
    public static final class Words implements Supplier<EmbeddingModel> {
        @Override
        public EmbeddingModel get() {
            return new WordModel();
        }
    }

    private static Embedder create(String model) {
        return new LangChainEmbedderFactory()
                .create(
                        Settings.of(LangChainEmbedderSettings.class, Map.of("model", model)),
                        ComponentContext.standalone("embedding"));
    }

    @Test
    void create_takesAModelOrASupplier() {
        for (Class<?> type : new Class<?>[] {WordModel.class, Words.class}) {
            try (Embedder embedder = create(type.getName())) {
                assertThat(embedder.embed("warm springs")).hasSize(new WordModel().dimension());
            }
        }
    }

    @Test
    void create_saysWhatIsWrongWithTheModel() {
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> create("com.example.Missing"))
                .withMessageContaining("cannot create the embedding model com.example.Missing");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> create("java.lang.Object"))
                .withMessageContaining("java.lang.Object is not a LangChain4j embedding model");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> create(""))
                .withMessageContaining("no LangChain4j embedding model is installed as a service");
    }

    @Test
    void batchTexts_mustBePositive() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(LangChainEmbedderSettings.class, Map.of("batchTexts", "0")))
                .withMessageContaining("must be at least 1");
    }

    @Test
    void guide_listsEverySetting() throws IOException {
        String page = Files.readString(Path.of("../../docs/guide/langchain4j.md"));
        for (Settings.Described setting : Settings.describe(LangChainEmbedderSettings.class)) {
            assertThat(page)
                    .contains("| `embedding.%s` | %s | %s |\n"
                            .formatted(
                                    setting.name(),
                                    setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                                    setting.description()));
        }
    }
}

package dev.geotherm.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithFilteringIT;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's own tests of adding, searching and filtering, over one source of knowledge. */
@SuppressWarnings("NullAway.Init") // opened before the first test
final class KnowledgeEmbeddingStoreConformanceTest extends EmbeddingStoreWithFilteringIT {
    private static final EmbeddingModel MODEL = new WordModel();
    private static TestKnowledge opened;

    private final EmbeddingStore<TextSegment> store = KnowledgeEmbeddingStore.of(opened.knowledge, "segments");

    KnowledgeEmbeddingStoreConformanceTest() {
        store.removeAll();
    }

    @BeforeAll
    static void open(@TempDir Path folder) {
        opened = new TestKnowledge(folder);
    }

    @AfterAll
    static void close() {
        opened.close();
    }

    @Override
    protected EmbeddingStore<TextSegment> embeddingStore() {
        return store;
    }

    @Override
    protected EmbeddingModel embeddingModel() {
        return MODEL;
    }

    @Override
    protected boolean supportsContains() {
        return true;
    }
}

package dev.geotherm.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreAddAllContract;
import dev.langchain4j.store.embedding.EmbeddingStoreRemoveAllContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's own tests of lists that are empty or differ in size, over one source of knowledge. */
@SuppressWarnings("NullAway.Init") // opened before the first test
final class KnowledgeEmbeddingStoreArgumentsConformanceTest
        implements EmbeddingStoreAddAllContract, EmbeddingStoreRemoveAllContract {
    private static TestKnowledge opened;

    private final EmbeddingStore<TextSegment> store = KnowledgeEmbeddingStore.of(opened.knowledge, "segments");

    KnowledgeEmbeddingStoreArgumentsConformanceTest() {
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
    public EmbeddingStore<TextSegment> embeddingStore() {
        return store;
    }
}

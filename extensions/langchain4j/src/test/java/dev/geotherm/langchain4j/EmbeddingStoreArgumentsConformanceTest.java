package dev.geotherm.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreAddAllContract;
import dev.langchain4j.store.embedding.EmbeddingStoreRemoveAllContract;
import org.junit.jupiter.api.AfterEach;

/** LangChain4j's own tests of lists that are empty or differ in size. */
final class EmbeddingStoreArgumentsConformanceTest
        implements EmbeddingStoreAddAllContract, EmbeddingStoreRemoveAllContract {
    private final TestIndexes indexes = new TestIndexes();
    private final EmbeddingStore<TextSegment> store = new GeothermEmbeddingStore(indexes.indexes.open("store"));

    @Override
    public EmbeddingStore<TextSegment> embeddingStore() {
        return store;
    }

    @AfterEach
    void close() {
        indexes.close();
    }
}

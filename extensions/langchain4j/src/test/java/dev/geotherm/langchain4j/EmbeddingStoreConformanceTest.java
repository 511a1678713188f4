package dev.geotherm.langchain4j;

import dev.geotherm.api.anchor.PassageIndex;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithFilteringIT;
import org.junit.jupiter.api.AfterEach;

/** LangChain4j's own tests of adding, searching and filtering. */
final class EmbeddingStoreConformanceTest extends EmbeddingStoreWithFilteringIT {
    private static final EmbeddingModel MODEL = new WordModel();

    private final TestIndexes indexes = new TestIndexes();
    private final PassageIndex index = indexes.indexes.open("store");
    private final EmbeddingStore<TextSegment> store = new GeothermEmbeddingStore(index);

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

    @AfterEach
    void close() {
        indexes.close();
    }
}

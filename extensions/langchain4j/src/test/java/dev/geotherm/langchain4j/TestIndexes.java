package dev.geotherm.langchain4j;

import dev.geotherm.anchors.retrieval.LuceneIndexesFactory;
import dev.geotherm.anchors.retrieval.LuceneIndexesSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.StandaloneContext;
import dev.geotherm.api.anchor.PassageIndexes;

/** Passage indexes of Lucene for a test. */
final class TestIndexes implements AutoCloseable {
    private final StandaloneContext context = ComponentContext.standalone("retrieval");
    final PassageIndexes indexes =
            new LuceneIndexesFactory().create(Settings.defaults(LuceneIndexesSettings.class), context);

    @Override
    public void close() {
        try (context) {
            indexes.close();
        }
    }
}

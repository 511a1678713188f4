package dev.geotherm.anchors.retrieval;

import com.google.auto.service.AutoService;
import dev.geotherm.anchors.codec.GraphKind;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.PassageIndexesFactory;

/** The factory of {@code lucene} passage indexes. */
@SuppressWarnings("rawtypes") // a class literal cannot name the type argument
@AutoService(PassageIndexesFactory.class)
public final class LuceneIndexesFactory implements PassageIndexesFactory<LuceneIndexesSettings> {

    /** Creates a factory. */
    public LuceneIndexesFactory() {}

    @Override
    public String name() {
        return "lucene";
    }

    @Override
    public String description() {
        return "Keeps passages in Lucene indexes on disk; searches them by BM25 and by vector comparison, exactly or by"
                + " graphs (HNSW), and fuses the two rankings.";
    }

    @Override
    public Class<LuceneIndexesSettings> settings() {
        return LuceneIndexesSettings.class;
    }

    @Override
    public PassageIndexes create(LuceneIndexesSettings settings, ComponentContext context) {
        return new LuceneIndexes(settings, context);
    }

    /**
     * Creates passage indexes that write graphs of another kind; for extensions. These indexes and {@code lucene} read
     * each other's files. Without the graphs' kind, every search is exact.
     */
    public static PassageIndexes create(LuceneIndexesSettings settings, ComponentContext context, GraphKind graphs) {
        return new LuceneIndexes(settings, context, graphs);
    }
}

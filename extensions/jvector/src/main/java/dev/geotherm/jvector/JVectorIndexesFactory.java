package dev.geotherm.jvector;

import com.google.auto.service.AutoService;
import dev.geotherm.anchors.retrieval.LuceneIndexesFactory;
import dev.geotherm.anchors.retrieval.LuceneIndexesSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.PassageIndexesFactory;

/** The stateless factory of {@code jvector} passage indexes, which have the same settings as {@code lucene}. */
@SuppressWarnings("rawtypes") // a class literal cannot name the type argument
@AutoService(PassageIndexesFactory.class)
public final class JVectorIndexesFactory implements PassageIndexesFactory<LuceneIndexesSettings> {

    /** Creates a factory. */
    public JVectorIndexesFactory() {}

    @Override
    public String name() {
        return "jvector";
    }

    @Override
    public String description() {
        return "Keeps passages in Lucene indexes on disk, as lucene does; large segments have graphs of JVector.";
    }

    @Override
    public Class<LuceneIndexesSettings> settings() {
        return LuceneIndexesSettings.class;
    }

    @Override
    public PassageIndexes create(LuceneIndexesSettings settings, ComponentContext context) {
        return LuceneIndexesFactory.create(settings, context, JVectorGraphs.VAMANA);
    }
}

package dev.geotherm.anchors.retrieval;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.anchor.RetrieverFactory;

/** The factory of {@code lucene} retrievers. */
@SuppressWarnings("rawtypes") // a class literal cannot name the type argument
@AutoService(RetrieverFactory.class)
public final class LuceneRetrieverFactory implements RetrieverFactory<LuceneRetrieverSettings> {

    /** Creates a factory. */
    public LuceneRetrieverFactory() {}

    @Override
    public String name() {
        return "lucene";
    }

    @Override
    public String description() {
        return "Searches a Lucene index on disk, by BM25 and by exact vector comparison, and fuses the two rankings.";
    }

    @Override
    public Class<LuceneRetrieverSettings> settings() {
        return LuceneRetrieverSettings.class;
    }

    @Override
    public Retriever create(LuceneRetrieverSettings settings, ComponentContext context) {
        return new LuceneRetriever(settings, context);
    }
}

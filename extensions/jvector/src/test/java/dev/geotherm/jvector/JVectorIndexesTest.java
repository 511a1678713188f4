package dev.geotherm.jvector;

import dev.geotherm.anchors.retrieval.LuceneIndexesSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.testkit.anchor.PassageIndexesContract;
import java.util.Map;

/** The contract of passage indexes in which every segment has a graph, and every search that may use it does. */
final class JVectorIndexesTest extends PassageIndexesContract {

    @Override
    protected PassageIndexes open(ComponentContext context) {
        return new JVectorIndexesFactory()
                .create(Settings.of(LuceneIndexesSettings.class, Map.of("graphFrom", "1", "graphCost", "0")), context);
    }
}

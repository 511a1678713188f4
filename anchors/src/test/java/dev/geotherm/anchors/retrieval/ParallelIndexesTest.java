package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.testkit.anchor.PassageIndexesContract;
import java.util.Map;

/** The contract with every optional feature enabled, and with vectors and graphs that are read from files. */
final class ParallelIndexesTest extends PassageIndexesContract {

    @Override
    protected PassageIndexes open(ComponentContext context) {
        return new LuceneIndexes(
                Settings.of(
                        LuceneIndexesSettings.class,
                        Map.of(
                                "parallel",
                                "true",
                                "batchSize",
                                "3",
                                "prefetch",
                                "true",
                                "cacheSize",
                                "1MiB",
                                "vectorMemory",
                                "0",
                                "graphFrom",
                                "1")),
                context);
    }
}

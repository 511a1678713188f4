package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.codec.GraphKind;
import dev.geotherm.anchors.codec.LuceneGraphs;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexMetrics;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.PassageIndexesMetrics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * Passage indexes on Lucene. Each index has a writer thread. All share search threads, one per processor, because searches
 * are CPU-bound. Temporary indexes are in the component's work folder.
 */
final class LuceneIndexes implements PassageIndexes, Reconfigurable<LuceneIndexesSettings> {
    private final NamedInstances<LuceneIndex, PassageIndexMetrics> indexes =
            new NamedInstances<>("passage index", LuceneIndex::metrics, LuceneIndex::close);
    private final ComponentContext context;
    private final GraphKind graphs;
    private final ExecutorService searchThreads;
    private volatile LuceneIndexesSettings settings;

    LuceneIndexes(LuceneIndexesSettings settings, ComponentContext context) {
        this(settings, context, LuceneGraphs.HNSW);
    }

    LuceneIndexes(LuceneIndexesSettings settings, ComponentContext context, GraphKind graphs) {
        this.settings = settings;
        this.context = context;
        this.graphs = graphs;
        searchThreads = context.computeExecutor("search", Runtime.getRuntime().availableProcessors());
    }

    @Override
    public PassageIndex open(String name) {
        return open(name, () -> IndexFolder.temporary(context.workDirectory()));
    }

    @Override
    public PassageIndex open(String name, Path folder) {
        return open(name, () -> IndexFolder.durable(folder));
    }

    private PassageIndex open(String name, Supplier<IndexFolder> folder) {
        return indexes.open(
                name,
                () -> new LuceneIndex(
                        name,
                        folder.get(),
                        context.settings(name, settings),
                        graphs,
                        context.computeExecutor("index", 1),
                        searchThreads,
                        closed -> indexes.closed(name, closed)));
    }

    /**
     * Applies all settings at once. Some take effect later: {@code prefetch} with the next refresh that sees changes; {@code
     * vectorMemory}, {@code graphDegree} and {@code graphBeam} with the next opened index; {@code graphFrom} with the next
     * written segments.
     */
    @Override
    public synchronized void reconfigure(LuceneIndexesSettings newSettings) {
        indexes.requireOpen();
        Map<LuceneIndex, LuceneIndexesSettings> each = new LinkedHashMap<>();
        indexes.list().forEach(index -> each.put(index, context.settings(index.name(), newSettings)));
        settings = newSettings;
        each.forEach(LuceneIndex::reconfigure);
    }

    @Override
    public PassageIndexesMetrics metrics() {
        return new PassageIndexesMetrics(indexes.metrics(), indexes.opened(), indexes.closed());
    }

    @Override
    public void close() {
        try {
            indexes.close();
        } finally {
            searchThreads.shutdown();
        }
    }
}

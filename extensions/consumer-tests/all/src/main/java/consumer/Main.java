package consumer;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.commonspool2.GeothermObjectPool;
import dev.geotherm.delta.Pointer;
import dev.geotherm.engine.Cancellation;
import dev.geotherm.engine.Knowledge;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.SearchHit;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.profiles.runtime.Geotherm;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import tools.jackson.databind.json.JsonMapper;

/** A consumer of every component, the engine, Jackson 3 and a plugin with its own libraries. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try (Platform platform = Geotherm.start("balanced")) {
            jackson3(platform);
            commonsPool(platform);
            knowledge(platform);
        }
        plugin();
        System.out.println("ok");
    }

    private static void jackson3(Platform platform) {
        TrackedState state = platform.differ().track(JsonNodeFactory.instance.objectNode());
        state.edit(editor -> editor.set(Pointer.parse("/heat"), DoubleNode.valueOf(0.2)));
        double heat = JsonMapper.shared()
                .readTree(state.snapshot().toJson().toString())
                .get("heat")
                .doubleValue();
        require(heat == 0.2, "read by Jackson 3: " + heat);
    }

    private static void commonsPool(Platform platform) throws Exception {
        try (GeothermObjectPool<StringBuilder> pool =
                new GeothermObjectPool<>(platform.pools(), "builders", new Builders())) {
            pool.returnObject(pool.borrowObject());
            require(pool.getNumActive() == 0 && pool.getNumIdle() > 0, "idle: " + pool.getNumIdle());
        }
    }

    private static void knowledge(Platform platform) throws Exception {
        Path folder = Files.createTempDirectory("consumer");
        Files.writeString(
                Files.createDirectories(folder.resolve("corpus")).resolve("steam.txt"), "Steam rises from the vent.");
        try (Knowledge knowledge = Knowledge.open(platform, folder.resolve("knowledge"))) {
            Corpus corpus = Corpus.open(folder.resolve("corpus").toString());
            knowledge.ingest(corpus, Progress.none(), Cancellation.never());
            List<SearchHit> hits = knowledge.search("steam", 3);
            require(hits.size() == 1, "hits: " + hits);
        }
        require(!Corpus.open("wordnet").name().isEmpty(), "WordNet");
        delete(folder);
    }

    private static void plugin() throws Exception {
        Path folder = Files.createTempDirectory("consumer");
        try (Plugins plugins = Plugins.open(Path.of(System.getProperty("consumer.plugins")))) {
            Discovery discovery = Discovery.of(plugins);
            require(discovery.broken().isEmpty(), "broken: " + discovery.broken());
            Configuration configuration = Configuration.bind(
                    Profiles.builtIn(),
                    "balanced",
                    Overrides.of(
                            Map.of(),
                            List.of(
                                    "embedding.use=cached",
                                    "embedding.kept=7",
                                    "retrieval.use=jvector",
                                    "retrieval.graphFrom=1",
                                    "retrieval.graphCost=0")),
                    discovery);
            try (Platform platform = Platform.start(configuration, folder)) {
                require(platform.embedder().embed("text")[0] == 1f, "embedded");
                jvector(platform);
            }
        }
        delete(folder);
    }

    private static void jvector(Platform platform) {
        try (PassageIndex index = platform.indexes().open("graph")) {
            index.index(List.of(
                    passage("north", 0, 1), passage("east", 1, 0), passage("south", 0, -1), passage("west", -1, 0)));
            index.refresh();
            List<Hit> hits = index.retriever().search(Query.similarity(new float[] {3, 1}, 1));
            require(hits.get(0).passage().equals("east"), "hits: " + hits);
            require(index.metrics().graphSearches() == 1, "the graph was not used");
        }
    }

    private static Passage passage(String id, float x, float y) {
        return new Passage(id, "compass", "", id, 0, id.length(), Instant.EPOCH, null, new float[] {x, y});
    }

    private static void delete(Path folder) throws Exception {
        try (var tree = Files.walk(folder)) {
            for (Path each : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void require(boolean condition, String found) {
        if (!condition) {
            throw new IllegalStateException(found);
        }
    }

    private static final class Builders extends BasePooledObjectFactory<StringBuilder> {
        @Override
        public StringBuilder create() {
            return new StringBuilder();
        }

        @Override
        public PooledObject<StringBuilder> wrap(StringBuilder builder) {
            return new DefaultPooledObject<>(builder);
        }
    }
}

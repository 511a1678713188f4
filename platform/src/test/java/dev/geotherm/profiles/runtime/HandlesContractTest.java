package dev.geotherm.profiles.runtime;

import dev.geotherm.anchors.embedding.HashingEmbedderFactory;
import dev.geotherm.anchors.embedding.HashingEmbedderSettings;
import dev.geotherm.anchors.retrieval.LuceneIndexesFactory;
import dev.geotherm.anchors.retrieval.LuceneIndexesSettings;
import dev.geotherm.anchors.store.MemoryAnchorsFactory;
import dev.geotherm.anchors.store.MemoryAnchorsSettings;
import dev.geotherm.anchors.store.ScrubSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Secret;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;
import dev.geotherm.batch.LocalEvaluatorFactory;
import dev.geotherm.batch.LocalEvaluatorSettings;
import dev.geotherm.diff.TreeDifferFactory;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.pool.striped.StripedPoolsFactory;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import dev.geotherm.streaming.LanePipelinesFactory;
import dev.geotherm.streaming.LanePipelinesSettings;
import dev.geotherm.testkit.anchor.AnchorStoreContract;
import dev.geotherm.testkit.anchor.AnchorStoreSettings;
import dev.geotherm.testkit.anchor.EmbedderContract;
import dev.geotherm.testkit.anchor.PassageIndexesContract;
import dev.geotherm.testkit.batch.BatchEvaluatorContract;
import dev.geotherm.testkit.batch.EvaluatorCapability;
import dev.geotherm.testkit.diff.DifferCapability;
import dev.geotherm.testkit.diff.DifferLimits;
import dev.geotherm.testkit.diff.StateDifferContract;
import dev.geotherm.testkit.pool.ObjectPoolsContract;
import dev.geotherm.testkit.pool.PoolCapability;
import dev.geotherm.testkit.pool.PoolLimits;
import dev.geotherm.testkit.streaming.IngestionPipelinesContract;
import dev.geotherm.testkit.streaming.PipelineShape;
import dev.geotherm.testkit.streaming.PipelinesCapability;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract of each kind holds through the handles of a platform: of the component, and of the pools, pipelines, states, caches,
 * indexes and jobs that it opens. A handle takes no new settings. {@code HandlesTest} checks the delegation of each method.
 */
final class HandlesContractTest {

    private static ObjectPools pools(StripedPoolsSettings settings, ComponentContext context) {
        ObjectPools pools = new StripedPoolsFactory().create(settings, context);
        return Lent.of(ComponentKind.POOL, ObjectPools.class, pools);
    }

    private static StateDiffer differ(TreeDifferSettings settings, ComponentContext context) {
        StateDiffer differ = new TreeDifferFactory().create(settings, context);
        return Lent.of(ComponentKind.DIFF, StateDiffer.class, differ);
    }

    private record PoolsFactory() implements ObjectPoolsFactory<StripedPoolsSettings> {
        @Override
        public String name() {
            return "lent";
        }

        @Override
        public String description() {
            return "Lent.";
        }

        @Override
        public Class<StripedPoolsSettings> settings() {
            return StripedPoolsSettings.class;
        }

        @Override
        public ObjectPools create(StripedPoolsSettings settings, ComponentContext context) {
            return pools(settings, context);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    final class Pools extends ObjectPoolsContract {
        @Override
        protected ObjectPoolsFactory<?> factory() {
            return new PoolsFactory();
        }

        @Override
        protected Record settings(PoolLimits limits) {
            return Settings.of(
                    StripedPoolsSettings.class,
                    Map.ofEntries(
                            Map.entry("initialSize", "" + limits.initialSize()),
                            Map.entry("minSize", "" + limits.initialSize()),
                            Map.entry("maxSize", "" + limits.maxSize()),
                            Map.entry(
                                    "whenExhausted",
                                    limits.whenExhausted().name().toLowerCase(Locale.ROOT)),
                            Map.entry("maxAge", limits.maxAge().toMillis() + "ms"),
                            Map.entry("maxWait", limits.maxWait().toMillis() + "ms"),
                            Map.entry("whenMisused", limits.whenMisused().name().toLowerCase(Locale.ROOT)),
                            Map.entry("exactReturns", "true"),
                            Map.entry("cleanupInterval", "1d"),
                            Map.entry("sweepInterval", "1d"),
                            Map.entry("pressureThreshold", "0")));
        }

        @Override
        protected Set<PoolCapability> capabilities() {
            return EnumSet.complementOf(EnumSet.of(PoolCapability.RECONFIGURES));
        }
    }

    private record PipelinesFactory() implements IngestionPipelinesFactory<LanePipelinesSettings> {
        @Override
        public String name() {
            return "lent";
        }

        @Override
        public String description() {
            return "Lent.";
        }

        @Override
        public Class<LanePipelinesSettings> settings() {
            return LanePipelinesSettings.class;
        }

        @Override
        public IngestionPipelines create(LanePipelinesSettings settings, ComponentContext context) {
            IngestionPipelines pipelines = new LanePipelinesFactory().create(settings, context);
            return Lent.of(ComponentKind.STREAMING, IngestionPipelines.class, pipelines);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    final class Pipelines extends IngestionPipelinesContract {
        @Override
        protected IngestionPipelinesFactory<?> factory() {
            return new PipelinesFactory();
        }

        @Override
        protected Record settings(PipelineShape shape) {
            return Settings.of(
                    LanePipelinesSettings.class,
                    Map.ofEntries(
                            Map.entry("capacity", "" + shape.capacity()),
                            Map.entry("capacityBytes", "" + shape.capacityBytes()),
                            Map.entry("lowWatermark", "" + Math.min(0.5, shape.highWatermark())),
                            Map.entry("highWatermark", "" + shape.highWatermark()),
                            Map.entry("initialBatch", "" + shape.initialBatch()),
                            Map.entry("maxBatch", "" + shape.maxBatch()),
                            Map.entry("maxBatchCost", "" + shape.maxBatchCost()),
                            Map.entry("targetBatchTime", shape.targetBatchTime().toNanos() + "ns"),
                            Map.entry("linger", shape.linger().toNanos() + "ns"),
                            Map.entry("batchTimeout", shape.batchTimeout().toMillis() + "ms"),
                            Map.entry("maxRetries", "" + shape.maxRetries()),
                            Map.entry("retryDelay", "0s"),
                            Map.entry("maxRetryDelay", "10ms"),
                            Map.entry("workers", "" + shape.workers()),
                            Map.entry("closeTimeout", shape.closeTimeout().toMillis() + "ms"),
                            Map.entry("sojournLimit", shape.sojournLimit().toMillis() + "ms"),
                            Map.entry("whenCritical", shape.refusesWhenCritical() ? "refuse" : "wait"),
                            Map.entry("ageLimit", shape.ageLimit().toMillis() + "ms"),
                            Map.entry("journal", "" + shape.journal())));
        }

        @Override
        protected Set<PipelinesCapability> capabilities() {
            return EnumSet.complementOf(EnumSet.of(PipelinesCapability.RECONFIGURES));
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    final class States extends StateDifferContract {
        @Override
        protected StateDiffer create(DifferLimits limits, ComponentContext context) {
            return differ(Settings.of(TreeDifferSettings.class, instanceSettings(limits)), context);
        }

        @Override
        protected Set<DifferCapability> capabilities() {
            return EnumSet.allOf(DifferCapability.class);
        }

        @Override
        protected Map<String, String> instanceSettings(DifferLimits limits) {
            return Map.ofEntries(
                    Map.entry("depthLimit", "" + limits.depthLimit()),
                    Map.entry("ignoredPaths", String.join(",", limits.ignoredPaths())),
                    Map.entry("historyRevisions", "" + limits.historyRevisions()),
                    Map.entry("cacheAge", limits.cacheAge().toSeconds() + "s"),
                    Map.entry("cacheSize", "" + limits.cacheSize()),
                    Map.entry("subscriberQueue", "" + limits.subscriberQueue()),
                    Map.entry("cacheDisk", "1MiB"),
                    Map.entry("moves", "" + limits.shape().moves()),
                    Map.entry("spliceFrom", "" + limits.shape().spliceFrom()),
                    Map.entry("reversible", "" + limits.shape().reversible()),
                    Map.entry("numbersByValue", "" + limits.shape().numbersByValue()),
                    Map.entry("identityKeys", String.join(",", limits.shape().identityKeys())));
        }
    }

    @Nested
    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    final class Jobs extends BatchEvaluatorContract {
        @Override
        protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
            LocalEvaluatorSettings settings = new LocalEvaluatorSettings(
                    tuning.batchSize(), tuning.workers(), tuning.maxRetries(), tuning.checkpointEvery());
            BatchEvaluator evaluator = new LocalEvaluatorFactory().create(settings, context);
            return Lent.of(ComponentKind.BATCH, BatchEvaluator.class, evaluator);
        }

        @Override
        protected Set<EvaluatorCapability> capabilities() {
            return EnumSet.allOf(EvaluatorCapability.class);
        }
    }

    @Nested
    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    final class Embedders extends EmbedderContract {
        @Override
        protected Embedder open() {
            Embedder embedder = new HashingEmbedderFactory()
                    .create(Settings.defaults(HashingEmbedderSettings.class), ComponentContext.standalone("lent"));
            return Lent.of(ComponentKind.EMBEDDING, Embedder.class, embedder);
        }
    }

    @Nested
    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    final class Anchors extends AnchorStoreContract {
        @Override
        protected AnchorStore open(AnchorStoreSettings settings, ComponentContext context) {
            MemoryAnchorsSettings own = new MemoryAnchorsSettings(
                    settings.maxAge(),
                    settings.maxAnchors(),
                    settings.consolidation(),
                    settings.evictionHeat(),
                    settings.initialHeat(),
                    settings.heatStep(),
                    settings.decayRate(),
                    new ScrubSettings(settings.scrub(), List.of("built-in"), List.of(), List.of(), Secret.of(""), ""),
                    settings.keepUtterances(),
                    settings.keepHistory(),
                    false);
            AnchorStore store = new MemoryAnchorsFactory().create(own, context);
            return Lent.of(ComponentKind.ANCHORS, AnchorStore.class, store);
        }

        @Override
        protected ObjectPools openPools() {
            return pools(Settings.defaults(StripedPoolsSettings.class), ComponentContext.standalone("pool"));
        }

        @Override
        protected StateDiffer openDiffer() {
            return differ(Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone("differ"));
        }
    }

    @Nested
    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    final class Indexes extends PassageIndexesContract {
        @Override
        protected PassageIndexes open(ComponentContext context) {
            PassageIndexes indexes =
                    new LuceneIndexesFactory().create(Settings.defaults(LuceneIndexesSettings.class), context);
            return Lent.of(ComponentKind.RETRIEVAL, PassageIndexes.class, indexes);
        }
    }
}

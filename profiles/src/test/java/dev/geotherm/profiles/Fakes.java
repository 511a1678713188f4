package dev.geotherm.profiles;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Secret;
import dev.geotherm.api.Setting;
import dev.geotherm.api.anchor.AnchorMetrics;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.AnchorStoreFactory;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderFactory;
import dev.geotherm.api.anchor.EmbedderMetrics;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.PassageIndexesFactory;
import dev.geotherm.api.anchor.PassageIndexesMetrics;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.BatchEvaluatorFactory;
import dev.geotherm.api.batch.EvaluatorMetrics;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateDifferFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.pool.PoolsMetrics;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;
import dev.geotherm.api.streaming.PipelinesMetrics;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fake factory of every kind, with its real name and settings, and components that only record their creation and
 * closing.
 */
public final class Fakes {
    /** The recorded events, in order: {@code +pool}, {@code -pool}. */
    public static final List<String> JOURNAL = new ArrayList<>();

    public static final Map<ComponentKind, ComponentContext> CONTEXTS = new EnumMap<>(ComponentKind.class);
    public static final Map<ComponentKind, Throwable> FAIL_ON_CREATE = new EnumMap<>(ComponentKind.class);
    public static final Set<ComponentKind> FAIL_ON_CLOSE = EnumSet.noneOf(ComponentKind.class);
    public static final Set<ComponentKind> FAIL_ON_METRICS = EnumSet.noneOf(ComponentKind.class);
    public static final AtomicReference<Runnable> ON_TRIM = new AtomicReference<>(() -> {});

    private Fakes() {}

    public static void reset() {
        JOURNAL.clear();
        CONTEXTS.clear();
        FAIL_ON_CREATE.clear();
        FAIL_ON_CLOSE.clear();
        FAIL_ON_METRICS.clear();
        ON_TRIM.set(() -> {});
    }

    private abstract static class Factory<S extends Record, C extends Component> implements ComponentFactory<S, C> {
        private final ComponentKind kind;
        private final String name;
        private final Class<S> settings;
        private final Class<C> type;
        private final Record metrics;

        Factory(ComponentKind kind, String name, Class<S> settings, Class<C> type, Record metrics) {
            this.kind = kind;
            this.name = name;
            this.settings = settings;
            this.type = type;
            this.metrics = metrics;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "Does nothing.";
        }

        @Override
        public Class<S> settings() {
            return settings;
        }

        @Override
        public C create(S settings, ComponentContext context) {
            CONTEXTS.put(kind, context);
            if (FAIL_ON_CREATE.containsKey(kind)) {
                Fakes.<RuntimeException>sneak(FAIL_ON_CREATE.get(kind));
            }
            JOURNAL.add("+" + kind.section());
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "metrics":
                                if (FAIL_ON_METRICS.contains(kind)) {
                                    throw new IllegalStateException(kind.section() + " has no metrics today");
                                }
                                return metrics;
                            case "trim":
                                ON_TRIM.get().run();
                                return 3;
                            case "dimension":
                                return 256;
                            case "close":
                                JOURNAL.add("-" + kind.section());
                                if (FAIL_ON_CLOSE.contains(kind)) {
                                    throw new IllegalStateException(kind.section() + " will not close");
                                }
                                return null;
                            default:
                                throw new IllegalArgumentException("a fake cannot " + method.getName());
                        }
                    }));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    /** Returns metrics in which every value is zero, empty or the first constant. */
    private static <R extends Record> R zero(Class<R> type) {
        Object[] arguments = Arrays.stream(type.getRecordComponents())
                .map(component -> zeroOf(component.getType()))
                .toArray();
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static Object zeroOf(Class<?> type) {
        if (type == int.class) {
            return 0;
        } else if (type == long.class) {
            return 0L;
        } else if (type == double.class) {
            return 0.0;
        } else if (type == boolean.class) {
            return false;
        } else if (type == Duration.class) {
            return Duration.ZERO;
        } else if (type == Map.class) {
            return Map.of();
        } else if (type.isRecord()) {
            return zero(type.asSubclass(Record.class));
        }
        return type.isEnum() ? type.getEnumConstants()[0] : null;
    }

    public record StripedSettings(
            @Setting(defaultValue = "50", description = "objects made at the start")
            int initialSize,

            @Setting(defaultValue = "500", description = "objects at most")
            int maxSize,

            @Setting(defaultValue = "5m", description = "how often idle objects are let go")
            Duration cleanupInterval,

            @Setting(defaultValue = "allocate", description = "what happens when none is idle")
            WhenExhausted whenExhausted,

            @Setting(defaultValue = "1s", description = "how long to wait for one")
            Duration maxWait,

            @Setting(defaultValue = "0.9", description = "the fill that counts as pressure", shared = true)
            double pressureThreshold,

            @Setting(defaultValue = "0", description = "objects kept when none is asked for")
            int minSize,

            @Setting(defaultValue = "refuse", description = "what happens to a wrong return")
            WhenMisused whenMisused,

            @Setting(defaultValue = "false", description = "whether racing returns are refused")
            boolean exactReturns,

            @Setting(defaultValue = "0", description = "whose stack is kept")
            double leakSampling) {
        public StripedSettings {
            new Problems()
                    .require(maxSize >= 1, "maxSize", "must be at least 1, was %s", maxSize)
                    .require(
                            initialSize <= maxSize,
                            "initialSize",
                            "must be at most maxSize (%s), was %s",
                            maxSize,
                            initialSize)
                    .throwIfAny();
        }
    }

    public static final class Striped extends Factory<StripedSettings, ObjectPools>
            implements ObjectPoolsFactory<StripedSettings> {
        public Striped() {
            super(ComponentKind.POOL, "striped", StripedSettings.class, ObjectPools.class, zero(PoolsMetrics.class));
        }
    }

    public record SlicedSettings(
            @Setting(defaultValue = "500", description = "objects at most")
            int maxSize,

            @Setting(defaultValue = "8", description = "stripes")
            int stripes,

            @Setting(defaultValue = "", description = "the password of the stripes")
            Secret password,

            @Setting(defaultValue = "false", description = "always true")
            boolean exactReturns) {

        public SlicedSettings {
            exactReturns = true;
            new Problems()
                    .require(
                            password.reveal().length() < 20,
                            "password",
                            "must be shorter than 20 characters, was '%s'",
                            password)
                    .throwIfAny();
        }
    }

    public static final class Sliced extends Factory<SlicedSettings, ObjectPools>
            implements ObjectPoolsFactory<SlicedSettings> {
        public Sliced() {
            super(ComponentKind.POOL, "sliced", SlicedSettings.class, ObjectPools.class, zero(PoolsMetrics.class));
        }
    }

    public record TreeSettings(
            @Setting(defaultValue = "10", description = "levels that are compared one by one")
            int depthLimit,

            @Setting(defaultValue = "true", description = "whether deltas are packed")
            boolean compression,

            @Setting(defaultValue = "1h", description = "how long results are kept")
            Duration cacheAge,

            @Setting(defaultValue = "1000", description = "results kept at most")
            int cacheSize,

            @Setting(defaultValue = "", description = "paths that are not compared")
            List<String> ignoredPaths,

            @Setting(defaultValue = "16MiB", description = "history at most")
            DataSize historyBytes) {}

    public static final class Tree extends Factory<TreeSettings, StateDiffer>
            implements StateDifferFactory<TreeSettings> {
        public Tree() {
            super(ComponentKind.DIFF, "tree", TreeSettings.class, StateDiffer.class, zero(DiffMetrics.class));
        }
    }

    public record LaneSettings(
            @Setting(defaultValue = "500", description = "fragments queued at most")
            int capacity,

            @Setting(defaultValue = "0.8", description = "the fill that counts as pressure")
            double highWatermark,

            @Setting(defaultValue = "10", description = "size of the first batch")
            int initialBatch,

            @Setting(defaultValue = "50", description = "size of the largest batch")
            int maxBatch,

            @Setting(defaultValue = "30s", description = "how long a batch may take")
            Duration batchTimeout) {
        public LaneSettings {
            new Problems()
                    .require(
                            highWatermark > 0 && highWatermark <= 1,
                            "highWatermark",
                            "must be in (0, 1], was %s",
                            highWatermark)
                    .throwIfAny();
        }
    }

    public static final class Lanes extends Factory<LaneSettings, IngestionPipelines>
            implements IngestionPipelinesFactory<LaneSettings> {
        public Lanes() {
            super(
                    ComponentKind.STREAMING,
                    "lanes",
                    LaneSettings.class,
                    IngestionPipelines.class,
                    zero(PipelinesMetrics.class));
        }
    }

    public record LocalSettings(
            @Setting(defaultValue = "0", description = "items in a batch")
            int batchSize) {}

    public static final class Local extends Factory<LocalSettings, BatchEvaluator>
            implements BatchEvaluatorFactory<LocalSettings> {
        public Local() {
            super(
                    ComponentKind.BATCH,
                    "local",
                    LocalSettings.class,
                    BatchEvaluator.class,
                    zero(EvaluatorMetrics.class));
        }
    }

    public record HashingSettings(
            @Setting(defaultValue = "256", description = "numbers in a vector")
            int dimension) {}

    public static final class Hashing extends Factory<HashingSettings, Embedder>
            implements EmbedderFactory<HashingSettings> {
        public Hashing() {
            super(
                    ComponentKind.EMBEDDING,
                    "hashing",
                    HashingSettings.class,
                    Embedder.class,
                    zero(EmbedderMetrics.class));
        }
    }

    public record MemorySettings(
            @Setting(defaultValue = "30d", description = "age at which an anchor goes")
            Duration maxAge,

            @Setting(defaultValue = "0.8", description = "similarity from which texts are one anchor")
            double consolidation,

            @Setting(defaultValue = "0.1", description = "heat below which an anchor goes")
            double evictionHeat) {}

    public static final class Memory extends Factory<MemorySettings, AnchorStore>
            implements AnchorStoreFactory<MemorySettings> {
        public Memory() {
            super(ComponentKind.ANCHORS, "memory", MemorySettings.class, AnchorStore.class, zero(AnchorMetrics.class));
        }
    }

    public record LuceneSettings(
            @Setting(defaultValue = "50", description = "queries in a batch")
            int batchSize,

            @Setting(defaultValue = "false", description = "whether batches are searched side by side")
            boolean parallel,

            @Setting(defaultValue = "false", description = "whether neighbours are fetched ahead")
            boolean prefetch) {}

    public static final class Lucene extends Factory<LuceneSettings, PassageIndexes>
            implements PassageIndexesFactory<LuceneSettings> {
        public Lucene() {
            super(
                    ComponentKind.RETRIEVAL,
                    "lucene",
                    LuceneSettings.class,
                    PassageIndexes.class,
                    zero(PassageIndexesMetrics.class));
        }
    }
}

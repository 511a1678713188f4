package dev.geotherm.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.StackRoom;
import dev.geotherm.api.diff.CacheMetrics;
import dev.geotherm.api.diff.CacheSerializer;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateMetrics;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.api.diff.UpdateFormat;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.cache.DiskTier;
import dev.geotherm.diff.cache.TreeContextCache;
import dev.geotherm.diff.codec.BinaryDeltaCodec;
import dev.geotherm.diff.codec.BinaryUpdateCodec;
import dev.geotherm.diff.codec.DeltaFormat;
import dev.geotherm.diff.codec.EncodeMeter;
import dev.geotherm.diff.codec.JsonUpdateCodec;
import dev.geotherm.diff.compare.CompareRules;
import dev.geotherm.diff.compare.DeltaWeight;
import dev.geotherm.diff.compare.KeyCheck;
import dev.geotherm.diff.compare.MeteredComparison;
import dev.geotherm.diff.compare.RuleCandidates;
import dev.geotherm.diff.compare.TreeComparison;
import dev.geotherm.diff.json.JsonLimits;
import dev.geotherm.diff.json.JsonValidator;
import dev.geotherm.diff.state.DeltaDelivery;
import dev.geotherm.diff.state.StateHash;
import dev.geotherm.diff.state.TreeReplica;
import dev.geotherm.diff.state.TreeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A differ that compares JSON trees member by member. It aligns the elements of arrays by a member that identifies them,
 * or by their content.
 *
 * <p>Ignored are the paths that match the patterns in the settings, and members with the names in {@code
 * timestampFields}. A delta contains added, removed and replaced values completely, including ignored paths. Tracked
 * states ignore nothing.
 *
 * <p>Safe for use by many threads. One thread of the context's blocking executor calls the subscribers of all tracked
 * states, and more threads while subscribers block; they exist only while there are updates to deliver. While there are
 * subscriptions, the context's scheduler looks every second for updates that an error has kept back. {@link #close}
 * waits up to ten seconds for subscribers that are behind. {@link #reconfigure} affects every later call, including
 * those of open caches and tracked states.
 */
public final class TreeDiffer implements StateDiffer, Reconfigurable<TreeDifferSettings> {
    /** For the registration of a name, which an overflow of the stack would leave half done. */
    private static final int STACK_KILOBYTES = 16;

    /** What a rule must save, in bytes and as one part in so many. */
    private static final int LEAST_SAVING = 1_000;

    private static final int LEAST_SHARE = 4;

    private final ComponentContext context;
    private final MeteredComparison comparison = new MeteredComparison();
    private final EncodeMeter encoding = new EncodeMeter();
    private final DeltaDelivery delivery;
    private final BinaryDeltaCodec codec;
    private final NamedInstances<TreeState, StateMetrics> states =
            new NamedInstances<>("state", TreeState::metrics, TreeState::close);
    private final NamedInstances<TreeContextCache<?>, CacheMetrics> caches =
            new NamedInstances<>("cache", TreeContextCache::metrics, TreeContextCache::close);
    private final AtomicLong unnamedStates = new AtomicLong();
    private final Object lifecycle = new Object();
    private volatile EffectiveSettings settings;
    private volatile boolean closed;
    /** Whether a call of close has begun and has not failed. */
    private volatile boolean closing;

    /** Creates a differ; the context provides clock, threads, folder and the settings of instances. */
    public TreeDiffer(TreeDifferSettings settings, ComponentContext context) {
        requireNonNull(
                JsonLimits.JSON); // initialized here, because near the end of a stack the class would fail for ever
        this.settings = new EffectiveSettings(settings);
        this.context = context;
        this.delivery = new DeltaDelivery(context);
        this.codec = new BinaryDeltaCodec(() -> this.settings.source().policy(), encoding);
    }

    @Override
    public StateDelta diff(JsonNode before, JsonNode after) {
        requireOpen();
        return comparison.compare(requireNonNull(before, "before"), requireNonNull(after, "after"), settings.rules());
    }

    /**
     * Returns the changes that turn one state into another, as {@link #diff(JsonNode, JsonNode)} does.
     *
     * @param matched receives the path of each array of objects whose elements were identified by a member that neither the
     *     settings name nor is usual, and that member; {@code metadata.name} is a member of a member
     */
    public StateDelta diff(JsonNode before, JsonNode after, BiConsumer<Pointer, String> matched) {
        requireOpen();
        return comparison.compare(
                requireNonNull(before, "before"),
                requireNonNull(after, "after"),
                settings.rules(),
                requireNonNull(matched, "matched"));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The category follows from the total weight of the changes that reach the thresholds: each weighs its magnitude
     * times the number of values that it adds, removes or replaces; a move weighs a tenth. A weight up to 1 is minimal,
     * up to 10 moderate, up to 100 significant, and beyond that major. A delta that replaces more than half of the
     * whole state at once is also major. An old value that is not recorded counts as one value.
     */
    @Override
    public DeltaSummary summarize(StateDelta delta) {
        requireOpen();
        Map<ChangeKind, Integer> counts = new EnumMap<>(ChangeKind.class);
        List<Pointer> paths = new ArrayList<>();
        for (Change change : delta.changes()) {
            counts.merge(change.kind(), 1, Integer::sum);
            paths.add(change.path());
        }
        byte[] json = delta.isEmpty() ? new byte[0] : DeltaFormat.DELTA.codec().encode(delta);
        long start = System.nanoTime();
        byte[] encoded = delta.isEmpty() ? new byte[0] : codec.encode(delta);
        return new DeltaSummary(
                counts,
                paths,
                delta.changes().stream()
                        .mapToDouble(Change::magnitude)
                        .average()
                        .orElse(0),
                DeltaWeight.category(delta, settings.thresholds()),
                json.length,
                encoded.length,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Returns a message for each rule of {@code identityKeys} that has no effect on a comparison: no array at its path in
     * either state, a member that is ignored, or elements that it does not identify. A mistyped rule shows in the result only as more
     * changes than necessary.
     *
     * <p>Visits both states.
     */
    public List<String> ineffectiveKeys(JsonNode before, JsonNode after) {
        requireOpen();
        return KeyCheck.problems(
                settings.source().identityKeys(), settings.rules().ignored(), before, after);
    }

    /**
     * Returns the rule of {@code identityKeys} that saves most, for arrays of objects that neither a key nor their content
     * identifies; null if no rule saves at least a quarter of the delta's bytes as JSON. Such a member identifies every element, but does
     * not look like a key: for example, it counts the elements, or most of them have another value in the other state.
     *
     * <p>Compares both states up to eight times.
     */
    public @Nullable KeyHint keyHint(JsonNode before, JsonNode after) {
        requireOpen();
        EffectiveSettings now = settings;
        KeyHint best = null;
        long bytes = -1;
        for (String rule : RuleCandidates.of(before, after, now.rules())) {
            bytes = bytes < 0 ? bytes(before, after, now.rules()) : bytes;
            long with = bytes(before, after, now.rules().withKeys(now.keysWith(rule)));
            boolean saves = bytes - with >= Math.max(LEAST_SAVING, bytes / LEAST_SHARE);
            if (saves && (best == null || with < best.bytesWithRule())) {
                best = new KeyHint(rule, bytes, with);
            }
        }
        return best;
    }

    private static long bytes(JsonNode before, JsonNode after, CompareRules rules) {
        return DeltaFormat.DELTA.codec().encode(TreeComparison.compare(before, after, rules)).length;
    }

    @Override
    public Fingerprint fingerprint(JsonNode state) {
        requireOpen();
        return StateHash.of(state, settings.rules().ignored().root());
    }

    @Override
    public TrackedState track(String name, JsonNode initial) {
        requireNonNull(name, "name");
        JsonValidator.refuse(Pointer.ROOT, initial);
        StackRoom.require(STACK_KILOBYTES);
        synchronized (lifecycle) {
            requireOpen();
            return states.open(
                    name,
                    () -> new TreeState(
                            name,
                            initial,
                            settings(name).ofState(),
                            context.clock(),
                            comparison,
                            delivery,
                            closing -> states.closed(name, closing)));
        }
    }

    @Override
    public TrackedState track(JsonNode initial) {
        while (true) {
            String name = "state-" + unnamedStates.incrementAndGet();
            if (states.list().stream().noneMatch(state -> state.name().equals(name))) {
                return track(name, initial);
            }
        }
    }

    @Override
    public StateReplica replica() {
        requireOpen();
        return new TreeReplica();
    }

    @Override
    public <V> ContextCache<V> openCache(String name) {
        return open(name, null);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The disk tier exists if {@code cacheDisk} is positive: in the folder {@code context-cache/NAME} of the
     * component, with values up to {@code cacheAge} old. It stays when the cache is closed.
     */
    @Override
    public <V> ContextCache<V> openCache(String name, CacheSerializer<V> serializer) {
        return open(name, requireNonNull(serializer, "serializer"));
    }

    private <V> ContextCache<V> open(String name, @Nullable CacheSerializer<V> serializer) {
        requireNonNull(name, "name");
        StackRoom.require(STACK_KILOBYTES);
        synchronized (lifecycle) {
            requireOpen();
            return caches.open(name, () -> {
                EffectiveSettings own = settings(name);
                return new TreeContextCache<>(
                        name,
                        own.ofCache(),
                        context.clock(),
                        comparison,
                        disk(name, own, serializer),
                        closing -> caches.closed(name, closing));
            });
        }
    }

    private <V> @Nullable DiskTier<V> disk(
            String name, EffectiveSettings own, @Nullable CacheSerializer<V> serializer) {
        return serializer == null || own.source().cacheDisk().bytes() == 0
                ? null
                : DiskTier.open(
                        context.workDirectory().resolve("context-cache").resolve(DiskTier.folderName(name)),
                        serializer);
    }

    private EffectiveSettings settings(String instance) {
        return settings.with(context.settings(instance, settings.source()));
    }

    @Override
    public DeltaCodec codec() {
        requireOpen();
        return codec;
    }

    @Override
    public UpdateCodec updateCodec(UpdateFormat format) {
        requireOpen();
        return switch (format) {
            case JSON -> new JsonUpdateCodec();
            case BINARY -> new BinaryUpdateCodec(codec);
        };
    }

    @Override
    public DiffMetrics metrics() {
        return new DiffMetrics(
                comparison.comparisons(),
                comparison.changes(),
                comparison.time(),
                encoding.deltaBytes(),
                encoding.encodedBytes(),
                encoding.time(),
                states.metrics(),
                caches.metrics());
    }

    @Override
    public void reconfigure(TreeDifferSettings next) {
        synchronized (lifecycle) {
            EffectiveSettings effective = new EffectiveSettings(next);
            Map<String, EffectiveSettings> own = new HashMap<>();
            states.list().forEach(state -> own.put(state.name(), effective));
            caches.list().forEach(cache -> own.put(cache.name(), effective));
            own.replaceAll(
                    (name, component) -> component.with(context.settings(name, next))); // throws before any change
            settings = effective;
            states.list()
                    .forEach(state -> state.reconfigure(of(own, state.name()).ofState()));
            caches.list()
                    .forEach(cache -> cache.reconfigure(of(own, cache.name()).ofCache()));
        }
    }

    private static EffectiveSettings of(Map<String, EffectiveSettings> own, String name) {
        return requireNonNull(own.get(name));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException inside an edit of one of the tracked states; nothing is then closed
     */
    @Override
    public void close() {
        states.list().forEach(TreeState::requireNoEdit);
        StackRoom.require(STACK_KILOBYTES);
        synchronized (lifecycle) {
            if (closing) {
                return;
            }
            closing = true;
            closed = true;
        }
        boolean done = false;
        try {
            closeAll();
            done = true;
        } finally {
            closing = done; // after an error, the next call closes what is left
        }
    }

    private void closeAll() {
        try {
            List<TreeState> open = states.list();
            open.forEach(TreeState::refuse);
            open.forEach(TreeState::awaitDelivery);
            states.close();
        } finally {
            try {
                caches.close();
            } finally {
                delivery.close();
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this differ is closed");
        }
    }
}

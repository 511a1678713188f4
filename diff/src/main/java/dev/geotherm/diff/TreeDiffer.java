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
import dev.geotherm.diff.state.DeltaDispatcher;
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
 * A differ that compares JSON trees member by member. It aligns the elements of arrays by an identifying member or by
 * their content.
 *
 * <p>It ignores the paths that match the patterns in the settings, and members named in {@code timestampFields}. Values
 * that a delta adds, removes or replaces are complete, including ignored paths. Tracked states ignore nothing.
 *
 * <p>Thread-safe. One thread of the context's blocking executor calls the subscribers of all tracked
 * states; threads are added while subscribers block, and exist only while there are updates to deliver. While there are
 * subscriptions, the context's scheduler checks every second for updates that an error has delayed. {@link #close}
 * waits up to ten seconds for slow subscribers. {@link #reconfigure} affects every later call, including those of open
 * caches and tracked states.
 */
public final class TreeDiffer implements StateDiffer, Reconfigurable<TreeDifferSettings> {
    /** The stack space for the registration of a name, which a stack overflow would leave incomplete. */
    private static final int STACK_KILOBYTES = 16;

    /** The minimum saving of a rule in bytes; it must also save one part in {@value #MIN_SHARE}. */
    private static final int MIN_SAVING = 1_000;

    private static final int MIN_SHARE = 4;

    private final ComponentContext context;
    private final MeteredComparison comparison = new MeteredComparison();
    private final EncodeMeter encoding = new EncodeMeter();
    private final DeltaDispatcher dispatcher;
    private final BinaryDeltaCodec codec;
    private final NamedInstances<TreeState, StateMetrics> states =
            new NamedInstances<>("state", TreeState::metrics, TreeState::close);
    private final NamedInstances<TreeContextCache<?>, CacheMetrics> caches =
            new NamedInstances<>("cache", TreeContextCache::metrics, TreeContextCache::close);
    private final AtomicLong unnamedStates = new AtomicLong();
    private final Object lifecycle = new Object();
    private volatile EffectiveSettings settings;
    private volatile boolean closed;
    /** Whether a call of close has started and has not failed. */
    private volatile boolean closing;

    /** Creates a differ; the context provides the clock, threads, a folder and the settings of instances. */
    public TreeDiffer(TreeDifferSettings settings, ComponentContext context) {
        requireNonNull(JsonLimits.JSON); // a stack overflow during its initialization would make the class unusable
        this.settings = new EffectiveSettings(settings);
        this.context = context;
        this.dispatcher = new DeltaDispatcher(context);
        this.codec = new BinaryDeltaCodec(() -> this.settings.source().policy(), encoding);
    }

    @Override
    public StateDelta diff(JsonNode before, JsonNode after) {
        requireOpen();
        return comparison.compare(requireNonNull(before, "before"), requireNonNull(after, "after"), settings.rules());
    }

    /**
     * Returns the changes that turn one state into another, like {@link #diff(JsonNode, JsonNode)}.
     *
     * @param matched receives each array of objects in which an inferred member identified the elements, one that is
     *     neither in the settings nor conventional: the path of the array and the member, such as {@code metadata.name}
     *     for a member of a member
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
     * <p>The category depends on the total weight of the changes that reach the thresholds. The weight of a change is
     * its magnitude times the number of values that it adds, removes or replaces; that of a move is a tenth. A weight
     * up to 1 is minimal, up to 10 moderate, up to 100 significant, and beyond that major. A delta that replaces more
     * than half of the whole state at once is also major. An old value that is not recorded counts as one value.
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
     * Returns a message for each rule of {@code identityKeys} that has no effect on a comparison: neither state has an
     * array at its path, its member is ignored, or the member does not identify the elements. In the result, a mistyped
     * rule shows only as more changes than necessary.
     *
     * <p>Visits both states.
     */
    public List<String> ineffectiveKeys(JsonNode before, JsonNode after) {
        requireOpen();
        return KeyCheck.problems(
                settings.source().identityKeys(), settings.rules().ignored(), before, after);
    }

    /**
     * Returns the rule of {@code identityKeys} that saves most, for arrays of objects in which neither a key nor the
     * content identifies the elements; null if no rule saves at least {@value #MIN_SAVING} bytes and a quarter of the
     * delta's size as JSON. The member of such a rule identifies every element but does not look like a key: for
     * example, it numbers the elements, or most of its values differ between the states.
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
            boolean saves = bytes - with >= Math.max(MIN_SAVING, bytes / MIN_SHARE);
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
                            dispatcher,
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
     * component, with values up to {@code cacheAge} old. It remains when the cache is closed.
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
            closing = done; // after an error, the next call closes the rest
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
                dispatcher.close();
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this differ is closed");
        }
    }
}

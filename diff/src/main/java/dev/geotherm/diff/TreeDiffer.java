package dev.geotherm.diff;

import dev.geotherm.diff.cache.DiskTier;
import dev.geotherm.diff.cache.TreeContextCache;
import dev.geotherm.diff.codec.BinaryDeltaCodec;
import dev.geotherm.diff.codec.DeltaWriter;
import dev.geotherm.diff.compare.ChangeOptions;
import dev.geotherm.diff.compare.CompareRules;
import dev.geotherm.diff.compare.DeltaWeight;
import dev.geotherm.diff.compare.Equality;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.compare.TreeComparison;
import dev.geotherm.diff.json.JsonValidator;
import dev.geotherm.diff.state.DeltaDelivery;
import dev.geotherm.diff.state.StateHash;
import dev.geotherm.diff.state.TreeReplica;
import dev.geotherm.diff.state.TreeState;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.diff.CachedForm;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.DeltaCategory;
import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.api.diff.DeltaSummary;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.Fingerprint;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A differ that compares JSON trees member by member, and aligns the elements of arrays by a member that tells them apart
 * or by what they hold.
 *
 * <p>Ignored paths are those of the settings' patterns and members of the names in {@code timestampFields}. Values that
 * are added, removed or replaced as a whole are carried with all that is in them, ignored or not. Tracked states ignore
 * nothing.
 *
 * <p>Safe for use by many threads. Subscribers of all tracked states are called by one thread, which exists while there
 * is something to deliver, and by further ones while subscribers do not return. {@link #close} waits up to ten seconds
 * for subscribers that are behind. New settings hold for every call after {@link #reconfigure}, of open caches and tracked
 * states too.
 */
public final class TreeDiffer implements StateDiffer, Reconfigurable<TreeDifferSettings> {
    private final Clock clock;
    private final Path cacheFolder;
    private final DifferCounters counters = new DifferCounters();
    private final DeltaDelivery delivery;
    private final BinaryDeltaCodec codec;
    private final Set<TreeState> states = ConcurrentHashMap.newKeySet();
    private final Set<TreeContextCache<?>> caches = ConcurrentHashMap.newKeySet();
    private final Object lifecycle = new Object();
    private volatile Settled settled;
    private volatile boolean closed;

    /** Settings, and what follows from them. */
    private record Settled(TreeDifferSettings settings, CompareRules rules) {
        Settled(TreeDifferSettings settings) {
            this(settings, CompareRules.of(settings));
        }
    }

    /** Creates a differ; the context gives its name and clock. */
    public TreeDiffer(TreeDifferSettings settings, ComponentContext context) {
        this.settled = new Settled(settings);
        this.clock = context.clock();
        this.cacheFolder = context.workDirectory().resolve("context-cache");
        this.delivery = new DeltaDelivery(context.instance());
        this.codec = new BinaryDeltaCodec(() -> settings().policy(), counters);
    }

    @Override
    public StateDelta diff(JsonNode before, JsonNode after) {
        requireOpen();
        return compare(requireNonNull(before, "before"), requireNonNull(after, "after"));
    }

    StateDelta compare(JsonNode before, JsonNode after) {
        return compare(before, after, settled.rules);
    }

    public StateDelta compareInFull(JsonNode before, JsonNode after) {
        return compare(before, after, settled.rules.inFull());
    }

    /** Compares so that the outcome can be weighed, whatever the settings say of the values that go. */
    public StateDelta compareToWeigh(JsonNode before, JsonNode after) {
        return compare(before, after, settled.rules.carrying());
    }

    private StateDelta compare(JsonNode before, JsonNode after, CompareRules rules) {
        long start = System.nanoTime();
        StateDelta delta = TreeComparison.compare(before, after, rules);
        counters.compared(delta.changes().size(), System.nanoTime() - start);
        return delta;
    }

    /** Returns how the edits of tracked states are told. */
    public ChangeOptions telling() {
        return settled.rules.telling();
    }

    public IgnoredPaths ignored() {
        return settled.rules.ignored();
    }

    /** Returns whether numbers that differ in representation only make two states the same, at the paths that count. */
    public boolean sameByValue(JsonNode a, JsonNode b) {
        CompareRules rules = settled.rules;
        return rules.byValue() && new Equality(true).same(a, b, rules.ignored().root());
    }

    /**
     * {@inheritDoc}
     *
     * <p>The category follows from what the changes that count weigh: each its magnitude for each value that it adds, removes
     * or replaces, a move a tenth. Up to 1 is minimal, up to 10 moderate, up to 100 significant, beyond it, or where more
     * than half of the whole state is replaced at once, major. What goes and is not carried counts as one value.
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
        byte[] json = delta.isEmpty() ? new byte[0] : DeltaWriter.write(delta);
        long start = System.nanoTime();
        byte[] encoded = delta.isEmpty() ? new byte[0] : codec.encode(delta);
        return new DeltaSummary(
                counts,
                paths,
                delta.changes().stream()
                        .mapToDouble(Change::magnitude)
                        .average()
                        .orElse(0),
                category(delta),
                json.length,
                encoded.length,
                Duration.ofNanos(System.nanoTime() - start));
    }

    public DeltaCategory category(StateDelta delta) {
        return DeltaWeight.category(delta, settings());
    }

    @Override
    public Fingerprint fingerprint(JsonNode state) {
        requireOpen();
        return StateHash.of(state, settled.rules.ignored().root());
    }

    @Override
    public TrackedState track(JsonNode initial) {
        JsonValidator.refuse(Pointer.ROOT, initial);
        synchronized (lifecycle) {
            requireOpen();
            TreeState state = new TreeState(this, initial);
            states.add(state);
            return state;
        }
    }

    @Override
    public StateReplica replica() {
        requireOpen();
        return new TreeReplica();
    }

    @Override
    public <V> ContextCache<V> openCache(String name) {
        return openCache(requireNonNull(name, "name"), (DiskTier<V>) null);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The disk tier is there when {@code cacheDisk} is more than nothing: in the folder {@code context-cache/NAME} of the
     * component, for as long as {@code cacheAge}. Closing the cache leaves it there.
     */
    @Override
    public <V> ContextCache<V> openCache(String name, CachedForm<V> form) {
        boolean onDisk = settings().cacheDisk().bytes() > 0;
        return openCache(
                requireNonNull(name, "name"),
                onDisk ? DiskTier.open(cacheFolder.resolve(DiskTier.folderName(name)), form) : null);
    }

    private <V> ContextCache<V> openCache(String name, @Nullable DiskTier<V> disk) {
        synchronized (lifecycle) {
            requireOpen();
            TreeContextCache<V> cache = new TreeContextCache<>(this, name, disk);
            caches.add(cache);
            return cache;
        }
    }

    @Override
    public DeltaCodec codec() {
        requireOpen();
        return codec;
    }

    @Override
    public DiffMetrics metrics() {
        return counters.toMetrics();
    }

    @Override
    public void reconfigure(TreeDifferSettings settings) {
        synchronized (lifecycle) {
            settled = new Settled(settings);
            caches.forEach(cache -> cache.reconfigure(settings));
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException within an edit of one of the tracked states; nothing is closed then
     */
    @Override
    public void close() {
        states.forEach(TreeState::requireNoEdit);
        List<TreeState> open;
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(states);
        }
        open.forEach(TreeState::refuse);
        open.forEach(TreeState::awaitDelivery);
        List.copyOf(caches).forEach(TreeContextCache::close);
        delivery.close();
    }

    public TreeDifferSettings settings() {
        return settled.settings;
    }

    public DifferCounters counters() {
        return counters;
    }

    public DeltaDelivery delivery() {
        return delivery;
    }

    public Instant now() {
        return clock.instant();
    }

    void forget(TreeState state) {
        states.remove(state);
    }

    void forget(TreeContextCache<?> cache) {
        caches.remove(cache);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this differ is closed");
        }
    }
}

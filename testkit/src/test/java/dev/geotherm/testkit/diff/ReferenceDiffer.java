package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.Setting;
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
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The simplest differ that fulfils the contract: a commit replaces the whole state, and encoded bytes are lookup keys.
 */
class ReferenceDiffer implements StateDiffer, DeltaCodec {
    private static final int STACK_KILOBYTES = 32;
    private static final Map<Path, List<ReferenceCache.Kept<?>>> DISK = new ConcurrentHashMap<>();

    final DifferLimits limits;
    final AtomicLong changes = new AtomicLong();
    volatile boolean closed;
    final ComponentContext context;
    private final NamedInstances<ReferenceState, StateMetrics> states =
            new NamedInstances<>("state", ReferenceState::metrics, ReferenceState::close);
    private final NamedInstances<ReferenceCache<?>, CacheMetrics> caches =
            new NamedInstances<>("cache", ReferenceCache::metrics, ReferenceCache::close);
    private final AtomicLong names = new AtomicLong();
    private final Map<Long, StateDelta> encoded = new ConcurrentHashMap<>();
    private final AtomicLong diffs = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    ReferenceDiffer(DifferLimits limits, ComponentContext context) {
        this.limits = limits;
        this.context = context;
    }

    Instant now() {
        return context.clock().instant();
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public StateDelta diff(JsonNode before, JsonNode after) {
        requireOpen();
        diffs.incrementAndGet();
        StateDelta delta = compared(before, after);
        changes.addAndGet(delta.changes().size());
        return delta;
    }

    StateDelta compared(JsonNode before, JsonNode after) {
        return new ReferenceComparison(limits).between(before, after);
    }

    static StateDelta replacement(JsonNode before, JsonNode after) {
        ChangeKind kind = ChangeKind.ofReplacement(before, after);
        return new StateDelta(List.of(Change.replaced(kind, Pointer.ROOT, before, after, 1)));
    }

    boolean counted(JsonNode a, JsonNode b) {
        return ReferenceHash.of(a, limits.ignoredPaths()).equals(ReferenceHash.of(b, limits.ignoredPaths()));
    }

    @Override
    public DeltaSummary summarize(StateDelta delta) {
        Map<ChangeKind, Integer> counts = new HashMap<>();
        delta.changes().forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
        return new DeltaSummary(
                counts,
                delta.changes().stream().map(Change::path).toList(),
                delta.changes().stream()
                        .mapToDouble(Change::magnitude)
                        .average()
                        .orElse(0),
                category(delta),
                delta.isEmpty() ? 0 : 100,
                delta.isEmpty() ? 0 : encode(delta).length,
                Duration.ZERO);
    }

    DeltaCategory category(StateDelta delta) {
        return delta.isEmpty() ? DeltaCategory.NONE : DeltaCategory.MAJOR;
    }

    @Override
    public Fingerprint fingerprint(JsonNode state) {
        return ReferenceHash.of(state, limits.ignoredPaths());
    }

    /** The settings that a named instance can override. */
    record Own(
            @Setting(defaultValue = "1000", description = "Deltas.")
            int historyRevisions,

            @Setting(defaultValue = "100", description = "Values.")
            int cacheSize) {}

    DifferLimits limits(String instance) {
        Own own = context.settings(instance, new Own(limits.historyRevisions(), limits.cacheSize()));
        return limits.withHistory(own.historyRevisions()).withCacheSize(own.cacheSize());
    }

    @Override
    public TrackedState track(String name, JsonNode initial) {
        requireOpen();
        new ReferenceEditor(initial, limits).check(Pointer.ROOT, initial);
        StackRoom.require(STACK_KILOBYTES);
        return states.open(name, () -> newState(name, initial));
    }

    @Override
    public TrackedState track(JsonNode initial) {
        String name = "state-" + names.incrementAndGet();
        boolean free = states.list().stream().noneMatch(state -> state.name().equals(name));
        return free ? track(name, initial) : track(initial);
    }

    ReferenceState newState(String name, JsonNode initial) {
        return new ReferenceState(this, name, initial.deepCopy());
    }

    void closed(ReferenceState state) {
        states.closed(state.name(), state);
    }

    void closed(ReferenceCache<?> cache) {
        caches.closed(cache.name(), cache);
    }

    @Override
    public StateReplica replica() {
        requireOpen();
        return newReplica();
    }

    @Override
    public <V> ContextCache<V> openCache(String name) {
        requireOpen();
        return openCache(name, new ArrayList<ReferenceCache.Kept<V>>());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> ContextCache<V> openCache(String name, CacheSerializer<V> serializer) {
        requireOpen();
        return openCache(name, (List<ReferenceCache.Kept<V>>) (List<?>) disk(name));
    }

    private <V> ContextCache<V> openCache(String name, List<ReferenceCache.Kept<V>> all) {
        return caches.open(name, () -> new ReferenceCache<>(this, name, all));
    }

    /** Returns the replacement for files, which outlives the differ. */
    List<ReferenceCache.Kept<?>> disk(String name) {
        return DISK.computeIfAbsent(context.workDirectory().resolve(name), file -> new ArrayList<>());
    }

    ReferenceReplica newReplica() {
        return new ReferenceReplica();
    }

    JsonNode copyOfContext(JsonNode state) {
        return state.deepCopy();
    }

    @Override
    public DeltaCodec codec() {
        return this;
    }

    @Override
    public byte[] encode(StateDelta delta) {
        long key = 0x1234_5678_9ABC_DEF0L + encoded.size();
        encoded.put(key, delta);
        bytes.addAndGet(Long.BYTES);
        return ByteBuffer.allocate(Long.BYTES).putLong(key).array();
    }

    @Override
    public StateDelta decode(byte[] from) {
        StateDelta delta =
                from.length == Long.BYTES ? encoded.get(ByteBuffer.wrap(from).getLong()) : null;
        if (delta == null) {
            throw new DeltaException("these bytes are no delta");
        }
        return delta;
    }

    @Override
    public UpdateCodec updateCodec(UpdateFormat format) {
        return new ReferenceUpdateCodec();
    }

    @Override
    public DiffMetrics metrics() {
        return new DiffMetrics(
                diffs.get(),
                changes.get(),
                times(diffs.get()),
                bytes.get() * 1000,
                bytes.get(),
                times(encoded.size()),
                stateMetrics(),
                caches.metrics());
    }

    Map<String, StateMetrics> stateMetrics() {
        return states.metrics();
    }

    List<ReferenceState> openStates() {
        return states.list();
    }

    private static Distribution times(long count) {
        return new Distribution(count, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {
        StackRoom.require(STACK_KILOBYTES);
        closed = true;
        states.close();
        caches.close();
    }
}

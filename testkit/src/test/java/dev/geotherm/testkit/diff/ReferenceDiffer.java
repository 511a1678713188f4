package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.ComponentContext;
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
import dev.geotherm.delta.DeltaException;
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

/** The plainest differ that keeps the contract: a commit replaces the whole state, and bytes are look-up keys. */
class ReferenceDiffer implements StateDiffer, DeltaCodec {
    private static final Map<Path, List<ReferenceCache.Kept<?>>> DISK = new ConcurrentHashMap<>();

    final DifferLimits limits;
    final AtomicLong changes = new AtomicLong();
    final AtomicLong commits = new AtomicLong();
    final AtomicLong hits = new AtomicLong();
    final AtomicLong nears = new AtomicLong();
    final AtomicLong misses = new AtomicLong();
    volatile boolean closed;
    private final ComponentContext context;
    private final List<ReferenceState> states = new ArrayList<>();
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

    @Override
    public TrackedState track(JsonNode initial) {
        requireOpen();
        new ReferenceEditor(initial, limits).check(Pointer.ROOT, initial);
        ReferenceState state = newState(initial);
        states.add(state);
        return state;
    }

    ReferenceState newState(JsonNode initial) {
        return new ReferenceState(this, initial.deepCopy());
    }

    @Override
    public StateReplica replica() {
        requireOpen();
        return newReplica();
    }

    @Override
    public <V> ContextCache<V> openCache(String name) {
        requireOpen();
        return new ReferenceCache<>(this, new ArrayList<>());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> ContextCache<V> openCache(String name, CachedForm<V> form) {
        requireOpen();
        return new ReferenceCache<>(this, (List<ReferenceCache.Kept<V>>) (List<?>) disk(name));
    }

    /** What stands for files: it outlives the differ. */
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
    public DiffMetrics metrics() {
        return new DiffMetrics(
                diffs.get(),
                changes.get(),
                Duration.ZERO,
                commits.get(),
                bytes.get() * 1000,
                bytes.get(),
                Duration.ZERO,
                hits.get(),
                nears.get(),
                misses.get());
    }

    @Override
    public void close() {
        closed = true;
        states.forEach(ReferenceState::close);
    }
}

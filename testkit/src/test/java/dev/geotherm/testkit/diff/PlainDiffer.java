package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.diff.CacheMetrics;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateMetrics;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.api.diff.UpdateFormat;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** A deliberately plain differ: a delta replaces the whole state. */
final class PlainDiffer implements StateDiffer {
    final DifferLimits limits;

    /** Runs the subscriptions of the states, each of which blocks while it has no update. */
    final ExecutorService subscriptions;

    private final ComponentContext context;
    private final NamedInstances<PlainState, StateMetrics> states =
            new NamedInstances<>("state", PlainState::metrics, PlainState::close);
    private final NamedInstances<PlainCache<?>, CacheMetrics> caches =
            new NamedInstances<>("cache", PlainCache::metrics, PlainCache::close);
    private final PlainDeltaCodec codec = new PlainDeltaCodec();
    private final AtomicLong names = new AtomicLong();
    private final AtomicLong diffs = new AtomicLong();
    private final AtomicLong differences = new AtomicLong();
    private volatile boolean closed;

    PlainDiffer(DifferLimits limits, ComponentContext context) {
        this.limits = limits;
        this.context = context;
        subscriptions = context.blockingExecutor("subscriptions");
    }

    Instant now() {
        return context.clock().instant();
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the differ is closed");
        }
    }

    @Override
    public StateDelta diff(JsonNode before, JsonNode after) {
        requireOpen();
        StateDelta delta = replacement(before, after);
        diffs.incrementAndGet();
        differences.addAndGet(delta.changes().size());
        return delta;
    }

    static StateDelta replacement(JsonNode before, JsonNode after) {
        if (JsonEquality.same(before, after)) {
            return StateDelta.empty();
        }
        ChangeKind kind = ChangeKind.ofReplacement(before, after);
        return new StateDelta(List.of(Change.replaced(kind, Pointer.ROOT, before, after, 1)));
    }

    @Override
    public DeltaSummary summarize(StateDelta delta) {
        Map<ChangeKind, Integer> counts = new HashMap<>();
        delta.changes().forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
        long bytes = delta.isEmpty() ? 0 : PlainDeltaCodec.toBytes(delta).length;
        return new DeltaSummary(
                counts,
                delta.changes().stream().map(Change::path).toList(),
                delta.changes().stream()
                        .mapToDouble(Change::magnitude)
                        .average()
                        .orElse(0),
                delta.isEmpty() ? DeltaCategory.NONE : DeltaCategory.MAJOR,
                bytes,
                bytes,
                Duration.ZERO);
    }

    @Override
    public Fingerprint fingerprint(JsonNode state) {
        return ReferenceHash.of(state, List.of());
    }

    @Override
    public TrackedState track(String name, JsonNode initial) {
        requireOpen();
        PlainState.requireJson(initial);
        return states.open(name, () -> new PlainState(this, name, initial.deepCopy()));
    }

    @Override
    public TrackedState track(JsonNode initial) {
        while (true) {
            String name = "state-" + names.incrementAndGet();
            if (states.list().stream().noneMatch(state -> state.name().equals(name))) {
                return track(name, initial);
            }
        }
    }

    void closed(PlainState state) {
        states.closed(state.name(), state);
    }

    @Override
    public StateReplica replica() {
        requireOpen();
        return new ReferenceReplica();
    }

    @Override
    public <V> ContextCache<V> openCache(String name) {
        requireOpen();
        return caches.open(name, () -> new PlainCache<>(this, name));
    }

    void closed(PlainCache<?> cache) {
        caches.closed(cache.name(), cache);
    }

    @Override
    public DeltaCodec codec() {
        return codec;
    }

    @Override
    public UpdateCodec updateCodec(UpdateFormat format) {
        return new PlainUpdateCodec();
    }

    @Override
    public DiffMetrics metrics() {
        return MetricsBuilder.of(DiffMetrics.class)
                .set("diffs", diffs.get())
                .set("differences", differences.get())
                .set("diffTime", unmeasured(diffs.get()))
                .set("deltaBytes", codec.bytes())
                .set("encodedBytes", codec.bytes())
                .set("encodeTime", unmeasured(codec.encoded()))
                .set("states", states.metrics())
                .set("caches", caches.metrics())
                .build();
    }

    private static Distribution unmeasured(long count) {
        return new Distribution(count, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {
        closed = true;
        states.close();
        caches.close();
        subscriptions.shutdown();
    }
}

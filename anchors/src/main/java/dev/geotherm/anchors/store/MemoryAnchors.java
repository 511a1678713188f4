package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.Sketch;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Extensions;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorMetrics;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Evicted;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.Stability;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Fragment;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory anchor store. Anchors come from a pool; adjacent passages are found by locality-sensitive hashing.
 *
 * <p>One monitor guards all state. Scrubbing, checks, sketches, the pool's allocations and resets, and the tracked state
 * with its subscribers run outside the monitor. Lock order: the tracked state's lock before the monitor, never the other way
 * round. Anchor ids are {@code a-} and a hash of the leader's id.
 */
// Long because it implements every operation of the interface; the work under the monitor is in AnchorTable.
final class MemoryAnchors implements AnchorStore, Reconfigurable<MemoryAnchorsSettings> {
    private final Clock clock;
    private final String instance;
    private final ObjectPool<PooledAnchor> pool;
    private final Extensions extensions;
    private volatile Scrubbing scrubbing;
    private final AtomicLong scrubbed = new AtomicLong();

    private final Object lock = new Object();
    private final AnchorStateWriter state;
    private volatile MemoryAnchorsSettings settings;
    /** Created for the first embedding, which determines the length of vectors. */
    private @Nullable AnchorTable table;

    private final AnchorReader reader = new AnchorReader(lock, () -> table);
    private final Reassignments reassignments = new Reassignments();

    private boolean closed;
    private long ingested;
    private long reinforced;

    /**
     * Creates a store and opens its pool.
     *
     * @param context the provider of the clock, the pools and the differ
     */
    MemoryAnchors(MemoryAnchorsSettings settings, ComponentContext context) {
        this.settings = settings;
        extensions = context.extensions();
        scrubbing = Scrubbing.of(settings.scrubbing(), extensions);
        clock = context.clock();
        instance = context.instance();
        pool = AnchorPool.open(context.component(ObjectPools.class), instance, PooledAnchor.allocator());
        state = new AnchorStateWriter(context.component(StateDiffer.class));
    }

    private long now() {
        return EpochNanos.of(clock.instant());
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the anchor store " + instance + " is closed");
        }
    }

    @Override
    public ScrubbedText scrub(String text) {
        ScrubbedText result = scrubbing.scrub(text);
        scrubbed.addAndGet(result.replacements().size());
        return result;
    }

    @Override
    public String scrubFingerprint() {
        return scrubbing.fingerprint();
    }

    /** Returns the table for vectors of a length. Creates it if there is none, or only an empty one for another length. */
    private AnchorTable tableFor(int length) {
        synchronized (lock) {
            requireOpen();
            AnchorTable known = table;
            if (known == null || (known.size() == 0 && length != known.graph.rows.dimension())) {
                AnchorTable fresh = new AnchorTable(length, settings, state);
                if (known != null) {
                    fresh.continueCounts(known);
                }
                known = fresh;
                table = known;
            }
            known.requireLength(length);
            return known;
        }
    }

    /** Runs an operation in turns until it ends. If it fails, a later caller receives its reassignments. */
    private void perform(AnchorOperation operation, BooleanSupplier turn) {
        boolean ended = false;
        try {
            while (!ended) {
                synchronized (lock) {
                    requireOpen();
                    ended = turn.getAsBoolean();
                    if (table != null) {
                        table.settle();
                    }
                }
                if (!ended) {
                    operation.supply(pool);
                }
            }
        } finally {
            if (!ended) {
                synchronized (lock) {
                    reassignments.keep(operation);
                }
            }
            operation.release(pool);
        }
    }

    @Override
    public Ingested ingest(Fragment<String> fragment, float[] embedding) {
        float[] unit = VectorMath.unit(embedding, "passage " + fragment.id());
        return ingest(fragment, scrub(fragment.content()).text(), unit);
    }

    @Override
    public Ingested ingestScrubbed(Fragment<String> fragment, float[] embedding) {
        return ingest(fragment, fragment.content(), VectorMath.unit(embedding, "passage " + fragment.id()));
    }

    private Ingested ingest(Fragment<String> fragment, String text, float[] unit) {
        StoredPassage passage =
                new StoredPassage(fragment.id(), text, fragment.metadata(), EpochNanos.of(fragment.timestamp()));
        Sketch sketch = tableFor(unit.length).graph.rows.sketch(unit);
        AnchorOperation operation = new AnchorOperation();
        List<Ingested> result = new ArrayList<>(1);
        perform(operation, () -> {
            AnchorTable into = tableFor(unit.length);
            if (!operation.placed) {
                operation.placed = into.put(operation, passage, unit, sketch);
                if (!operation.placed) {
                    return false;
                }
                count(into, operation, passage);
            }
            PooledAnchor anchor = into.anchorOfId(passage.id);
            if (!into.eviction.evictSurplus(operation, anchor) || !into.fit(operation, into.graph.vectors())) {
                return false;
            }
            result.add(new Ingested(
                    into.anchorOfId(passage.id).id(), operation.created, reassigned(operation, Set.of(passage.id))));
            return true;
        });
        return result.get(0);
    }

    private void count(AnchorTable into, AnchorOperation operation, StoredPassage passage) {
        if (!operation.known) {
            ingested++;
            operation.created = into.anchorOfId(passage.id).leader() == passage;
            reinforced += operation.created ? 0 : 1;
        }
    }

    private Map<String, Optional<AnchorId>> reassigned(AnchorOperation operation, Collection<String> except) {
        return reassignments.report(operation, except, reader::anchorOf);
    }

    @Override
    public Map<String, Optional<AnchorId>> remove(Collection<String> passages) {
        Set<String> ids = Set.copyOf(passages);
        List<String> left = new ArrayList<>(ids);
        AnchorOperation operation = new AnchorOperation();
        Map<String, Optional<AnchorId>> result = new LinkedHashMap<>();
        perform(operation, () -> {
            AnchorTable from = table;
            while (from != null && !left.isEmpty()) {
                StoredPassage passage = from.passage(left.get(left.size() - 1));
                if (passage != null && !from.remove(operation, passage)) {
                    return false;
                }
                left.remove(left.size() - 1);
            }
            if (from != null && !from.fit(operation, from.graph.vectors())) {
                return false;
            }
            result.putAll(reassigned(operation, ids));
            return true;
        });
        return result;
    }

    @Override
    public void restore(Consumer<Consumer<Member>> source) {
        requireEmpty();
        Restoration restoration = new Restoration(settings, state);
        source.accept(restoration::add);
        AnchorOperation operation = new AnchorOperation();
        try {
            AnchorTable restored = restoration.finish(operation, pool);
            boolean used = restored == null;
            try {
                synchronized (lock) {
                    requireEmpty();
                    if (restored != null) {
                        if (table != null) {
                            restored.continueCounts(table);
                        }
                        table = restored;
                        restored.settle();
                    }
                    used = true;
                }
            } finally {
                if (!used && restored != null) {
                    restored.all().forEach(operation::end);
                }
            }
        } finally {
            operation.release(pool);
        }
    }

    private void requireEmpty() {
        synchronized (lock) {
            requireOpen();
            if (table != null && table.passages() > 0) {
                throw new IllegalStateException("only an empty anchor store can be restored, " + instance + " has "
                        + table.passages() + " passages");
            }
        }
    }

    @Override
    public Optional<AnchorId> anchorOf(String passage) {
        return reader.anchorOf(passage);
    }

    @Override
    public Optional<Anchor> find(AnchorId id) {
        return reader.find(id, now());
    }

    @Override
    public List<Similar> nearest(float[] embedding, int limit) {
        return reader.nearest(embedding, limit);
    }

    @Override
    public int size() {
        return reader.size();
    }

    @Override
    public List<Anchor> anchors() {
        return reader.anchors(now());
    }

    @Override
    public List<AnchorId> changedSince(long revision) {
        synchronized (lock) {
            return state.changedSince(table, revision);
        }
    }

    @Override
    public int decay() {
        return decay(now());
    }

    @Override
    public int decay(Instant at) {
        return decay(EpochNanos.of(at));
    }

    private int decay(long at) {
        synchronized (lock) {
            requireOpen();
            return table == null ? 0 : state.decay(table, at);
        }
    }

    @Override
    public Evicted evict() {
        long now = now();
        AnchorOperation operation = new AnchorOperation();
        List<Evicted> result = new ArrayList<>(1);
        perform(operation, () -> {
            AnchorTable from = table;
            if (from != null
                    && !(from.eviction.evictExpired(operation, now)
                            && from.eviction.evictSurplus(operation, null)
                            && from.fit(operation, from.graph.vectors()))) {
                return false;
            }
            operation.evicted.sort(Comparator.naturalOrder());
            result.add(new Evicted(operation.evicted, reassigned(operation, Set.of())));
            return true;
        });
        return result.get(0);
    }

    @Override
    public List<Cluster> clusters(double similarity) {
        return reader.clusters(similarity, now());
    }

    @Override
    public Stability stability() {
        return reader.stability(now());
    }

    @Override
    public RevisionDelta commit() {
        synchronized (lock) {
            requireOpen();
        }
        return state.commit(lock, () -> table);
    }

    @Override
    public TrackedState state() {
        return state.tracked;
    }

    @Override
    public AnchorMetrics metrics() {
        long revisions = state.tracked.revision();
        synchronized (lock) {
            AnchorTable known = table;
            return new AnchorMetrics(
                    ingested,
                    known == null ? 0 : known.created(),
                    reinforced,
                    reassignments.reported(),
                    known == null ? 0 : known.dissolved(),
                    known == null ? 0 : known.eviction.evicted(),
                    known == null ? 0 : known.size(),
                    known == null ? 0 : known.passages(),
                    known == null ? 0 : known.graph.comparisons(),
                    scrubbed.get(),
                    revisions);
        }
    }

    @Override
    public void reconfigure(MemoryAnchorsSettings newSettings) {
        Scrubbing newScrubbing = Scrubbing.of(newSettings.scrubbing(), extensions);
        AnchorOperation operation = new AnchorOperation();
        perform(operation, () -> {
            settings = newSettings;
            scrubbing.logCounts(instance);
            scrubbing = newScrubbing;
            AnchorTable known = table;
            if (known == null) {
                return true;
            }
            if (!known.settings().equals(newSettings)) {
                known.settings(newSettings);
            }
            if (!known.fit(operation, known.graph.vectors())) {
                return false;
            }
            reassignments.keep(operation);
            return true;
        });
    }

    @Override
    public void close() {
        AnchorOperation operation = new AnchorOperation();
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            if (table != null) {
                AnchorTable empty = new AnchorTable(table.graph.rows.dimension(), settings, state);
                empty.continueCounts(table);
                table.all().forEach(operation::end);
                table = empty;
            }
        }
        scrubbing.logCounts(instance);
        state.tracked.close();
        operation.release(pool);
        pool.close();
    }
}

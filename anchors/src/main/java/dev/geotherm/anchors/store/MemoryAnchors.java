package dev.geotherm.anchors.store;

import dev.geotherm.anchors.scrub.PersonalDataScrubber;
import dev.geotherm.anchors.store.AnchorStateWriter.Changes;
import dev.geotherm.anchors.vector.Sketch;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.ComponentContext;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An anchor store in memory: anchors come from a pool, adjacent passages are found by locality-sensitive hashing.
 *
 * <p>One monitor guards everything. Scrubbing, checks, sketches, the pool's allocations and resets, and the tracked state
 * with its subscribers run outside of it; the tracked state's lock may be held when the monitor is entered, never the other
 * way round. Ids are {@code a-} and a hash of the leader's id.
 */
final class MemoryAnchors implements AnchorStore, Reconfigurable<MemoryAnchorsSettings> {
    /** The number of anchors that are copied before others may enter. */
    private static final int COPIED_AT_ONCE = 256;

    private final Clock clock;
    private final String instance;
    private final ObjectPool<PooledAnchor> pool;
    private final PersonalDataScrubber scrubber = new PersonalDataScrubber();
    private final AtomicLong scrubbed = new AtomicLong();

    private final Object lock = new Object();
    private final AnchorStateWriter state;
    private volatile MemoryAnchorsSettings settings;
    /** Made for the first embedding, because only then their length is known. */
    private @Nullable AnchorTable table;
    /** Passages that an operation moved without a caller to report to, with their anchors before. */
    private final Map<String, AnchorId> unreported = new HashMap<>();

    private boolean closed;
    private long ingested;
    private long reinforced;
    private long reassigned;

    /**
     * Creates a store and opens its pool.
     *
     * @param context provides the clock, the pools and the differ
     */
    MemoryAnchors(MemoryAnchorsSettings settings, ComponentContext context) {
        this.settings = settings;
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
        if (!settings.scrub()) {
            return ScrubbedText.unchanged(text);
        }
        ScrubbedText result = scrubber.scrub(text);
        scrubbed.addAndGet(result.replacements().size());
        return result;
    }

    /** Returns the table, which is made for vectors of the given length if there is none. */
    private AnchorTable tableFor(int length) {
        synchronized (lock) {
            requireOpen();
            AnchorTable known = table;
            if (known == null) {
                known = new AnchorTable(length, settings, state);
                table = known;
            }
            requireLength(known, length);
            return known;
        }
    }

    private static void requireLength(AnchorTable known, int length) {
        if (length != known.graph.rows.dimension()) {
            throw new IllegalArgumentException("an embedding must have the length of earlier ones, "
                    + known.graph.rows.dimension() + ", was " + length);
        }
    }

    /** Runs an operation in turns, until one ends it; what it moved is reported to a later caller if it fails. */
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
                    operation.moved().forEach(unreported::putIfAbsent);
                }
            }
            operation.release(pool);
        }
    }

    @Override
    public Ingested ingest(Fragment<String> fragment, float[] embedding) {
        float[] unit = VectorMath.unit(embedding, "passage " + fragment.id());
        String text = scrub(fragment.content()).text();
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
            if (!into.evictSurplus(operation, anchor) || !into.fit(operation, into.graph.vectors())) {
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

    /** Returns the passages with another anchor than before an operation, or since the last report. */
    private Map<String, Optional<AnchorId>> reassigned(AnchorOperation operation, Collection<String> except) {
        Map<String, AnchorId> before = operation.moved();
        if (before.isEmpty() && unreported.isEmpty()) {
            return Map.of();
        }
        operation.moved().forEach(unreported::putIfAbsent);
        Map<String, Optional<AnchorId>> moved = new LinkedHashMap<>();
        unreported.forEach((passage, anchor) -> {
            Optional<AnchorId> now = idOf(passage);
            if (!except.contains(passage) && !now.equals(Optional.of(anchor))) {
                moved.put(passage, now);
            }
        });
        unreported.clear();
        reassigned += moved.size();
        return moved;
    }

    private Optional<AnchorId> idOf(String passage) {
        PooledAnchor anchor = table == null ? null : table.anchorOfIdOrNull(passage);
        return anchor == null ? Optional.empty() : Optional.of(anchor.id());
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
        synchronized (lock) {
            return idOf(passage);
        }
    }

    @Override
    public Optional<Anchor> find(AnchorId id) {
        long now = now();
        synchronized (lock) {
            PooledAnchor anchor = table == null ? null : table.find(id);
            return table == null || anchor == null
                    ? Optional.empty()
                    : Optional.of(anchor.copy(table.graph, now, table.settings()));
        }
    }

    @Override
    public List<Similar> nearest(float[] embedding, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        float[] unit = VectorMath.unit(embedding, "nearest");
        synchronized (lock) {
            if (table == null) {
                return List.of();
            }
            requireLength(table, unit.length);
            return table.nearest(unit, table.graph.rows.sketch(unit), limit);
        }
    }

    @Override
    public int size() {
        synchronized (lock) {
            return table == null ? 0 : table.size();
        }
    }

    @Override
    public List<Anchor> anchors() {
        long now = now();
        List<AnchorId> ids;
        synchronized (lock) {
            ids = new ArrayList<>(size());
            if (table != null) {
                table.all().forEach(anchor -> ids.add(anchor.id()));
            }
        }
        ids.sort(Comparator.naturalOrder());
        List<Anchor> copies = new ArrayList<>(ids.size());
        for (int start = 0; start < ids.size(); start += COPIED_AT_ONCE) {
            copy(ids.subList(start, Math.min(ids.size(), start + COPIED_AT_ONCE)), now, copies);
        }
        return copies;
    }

    private void copy(List<AnchorId> ids, long now, List<Anchor> copies) {
        synchronized (lock) {
            for (AnchorId id : ids) {
                PooledAnchor anchor = table == null ? null : table.find(id);
                if (table != null && anchor != null) {
                    copies.add(anchor.copy(table.graph, now, table.settings()));
                }
            }
        }
    }

    @Override
    public List<AnchorId> changedSince(long revision) {
        Set<AnchorId> changed = new TreeSet<>();
        synchronized (lock) {
            state.addRemoved(changed, revision);
            if (table != null) {
                for (PooledAnchor anchor : table.all()) {
                    if (anchor.revision > revision) {
                        changed.add(anchor.id());
                    }
                }
            }
        }
        return List.copyOf(changed);
    }

    @Override
    public int decay() {
        long now = now();
        synchronized (lock) {
            requireOpen();
            int changed = 0;
            if (table != null) {
                for (PooledAnchor anchor : table.all()) {
                    double heat = anchor.heat(now, table.settings());
                    if (heat != anchor.notedHeat) {
                        anchor.notedHeat = heat;
                        state.changed(anchor, false);
                        changed++;
                    }
                }
            }
            return changed;
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
                    && !(from.evictExpired(operation, now)
                            && from.evictSurplus(operation, null)
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
        long now = now();
        synchronized (lock) {
            return table == null ? List.of() : table.clusters(similarity, now);
        }
    }

    @Override
    public Stability stability() {
        long now = now();
        synchronized (lock) {
            if (table == null) {
                return new Stability(0, Duration.ZERO, 0, 0, 0);
            }
            int count = table.size();
            double heat = 0;
            double drift = 0;
            double age = 0;
            for (PooledAnchor anchor : table.all()) {
                heat += anchor.heat(now, table.settings());
                drift += anchor.drift(table.graph);
                age += now - anchor.firstSeen();
            }
            int divisor = Math.max(1, count);
            double churn = table.created() == 0 ? 0 : (double) table.evicted() / table.created();
            return new Stability(
                    count, Duration.ofNanos(Math.round(age / divisor)), heat / divisor, drift / divisor, churn);
        }
    }

    @Override
    public RevisionDelta commit() {
        synchronized (lock) {
            requireOpen();
        }
        List<Changes> taken = new ArrayList<>(1);
        RevisionDelta delta = null;
        try {
            delta = state.tracked.edit(editor -> {
                Changes changes;
                synchronized (lock) {
                    changes = state.take(table);
                }
                taken.add(changes);
                changes.write(editor);
            });
            return delta;
        } finally {
            synchronized (lock) {
                AnchorTable known = table;
                for (Changes changes : taken) {
                    if (known != null && delta == null) {
                        state.putBack(changes, known);
                    }
                    if (known != null && delta != null && delta.revision() > delta.base()) {
                        state.committed(changes, known, delta.revision());
                    }
                }
            }
        }
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
                    reassigned,
                    known == null ? 0 : known.dissolved(),
                    known == null ? 0 : known.evicted(),
                    known == null ? 0 : known.size(),
                    known == null ? 0 : known.passages(),
                    known == null ? 0 : known.graph.comparisons(),
                    scrubbed.get(),
                    revisions);
        }
    }

    @Override
    public void reconfigure(MemoryAnchorsSettings newSettings) {
        AnchorOperation operation = new AnchorOperation();
        perform(operation, () -> {
            settings = newSettings;
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
            operation.moved().forEach(unreported::putIfAbsent);
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
        state.tracked.close();
        operation.release(pool);
        pool.close();
    }
}

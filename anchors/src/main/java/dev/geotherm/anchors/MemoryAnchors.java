package dev.geotherm.anchors;

import static java.util.Objects.requireNonNull;

import dev.geotherm.anchors.HyperplaneIndex.Entry;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorMetrics;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.anchor.Stability;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Fragment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An anchor store in memory: pooled anchors, the nearest found by random hyperplanes.
 *
 * <p>One lock guards everything; scrubbing, checking, and the pool's allocations and resets happen outside of it. Ids are
 * {@code a-1}, {@code a-2}, … in the order of creation, so one ingesting thread gives the same state each time.
 */
public final class MemoryAnchors implements AnchorStore, Reconfigurable<MemoryAnchorsSettings> {
    private final Clock clock;
    private final ObjectPools pools;
    private final String instance;
    private final PersonalDataScrubber scrubber = new PersonalDataScrubber();
    private final AtomicLong scrubbed = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<AnchorId, Kept> anchors = new TreeMap<>();
    private final Tombstones tombstones = new Tombstones();
    private final AnchorState state;
    private volatile MemoryAnchorsSettings settings;
    private @Nullable ObjectPool<PooledAnchor> pool;
    private @Nullable HyperplaneIndex<Kept> index;
    private int dimension = -1;
    private boolean closed;
    /** Grows with each change to the index, so that a look-up need not be repeated where nothing changed. */
    private long changes;

    private long ingested;
    private long created;
    private long reinforced;
    private long evicted;
    private long compared;

    /** An anchor and its place in the index, which an all-zero one does not have. */
    private static final class Kept {
        final PooledAnchor anchor;

        @Nullable
        Entry<Kept> entry;

        Kept(PooledAnchor anchor) {
            this.anchor = anchor;
        }
    }

    /** The nearest anchor and its cosine. */
    private record Nearest(Kept kept, double similarity) {}

    /**
     * Creates a store; its pool is opened with the first anchor, when the length of embeddings is known.
     *
     * @param context gives the clock, the pools and the differ
     */
    public MemoryAnchors(MemoryAnchorsSettings settings, ComponentContext context) {
        this.settings = settings;
        clock = context.clock();
        instance = context.instance();
        pools = context.component(ObjectPools.class);
        state = new AnchorState(context.component(StateDiffer.class), settings.trackEmbeddings());
    }

    @Override
    public String scrub(String text) {
        return settings.scrub() ? scrubber.scrub(text).text() : text;
    }

    @Override
    public Ingested ingest(Fragment<String> fragment, float[] embedding) {
        float[] unit = Vectors.unit(embedding, "fragment " + fragment.id());
        String text = keepable(fragment.content());
        long seen;
        ObjectPool<PooledAnchor> open;
        lock.lock();
        try {
            requireOpen();
            requireLength(unit);
            open = openPool(unit.length);
            Nearest nearest = nearestFor(unit);
            if (nearest != null) {
                return reinforce(nearest, fragment, unit);
            }
            seen = changes;
        } finally {
            lock.unlock();
        }
        return create(open, seen, fragment, text, unit);
    }

    private Ingested create(
            ObjectPool<PooledAnchor> open, long seen, Fragment<String> fragment, String text, float[] unit) {
        // Outside of the lock: it may wait for an eviction.
        PooledAnchor fresh = open.acquire();
        boolean used = false;
        try {
            lock.lock();
            try {
                requireOpen();
                Nearest nearest = changes == seen ? null : nearestFor(unit);
                if (nearest != null) {
                    return reinforce(nearest, fragment, unit);
                }
                used = true;
                return create(fresh, fragment, text, unit);
            } finally {
                lock.unlock();
            }
        } finally {
            if (!used) {
                open.release(fresh);
            }
        }
    }

    private Ingested create(PooledAnchor fresh, Fragment<String> fragment, String text, float[] unit) {
        ingested++;
        created++;
        changes++;
        AnchorId id = new AnchorId("a-" + created);
        fresh.begin(id, fragment, text, unit, clock.instant(), settings);
        Kept kept = new Kept(fresh);
        anchors.put(id, kept);
        if (!fresh.zero) {
            kept.entry = requireNonNull(index).add(kept, fresh.embedding);
        }
        state.changed(fresh, true);
        return new Ingested(id, true);
    }

    private Ingested reinforce(Nearest nearest, Fragment<String> fragment, float[] unit) {
        ingested++;
        reinforced++;
        changes++;
        PooledAnchor anchor = nearest.kept().anchor;
        anchor.reinforce(fragment.id(), unit, nearest.similarity(), clock.instant(), settings);
        requireNonNull(index).moved(requireNonNull(nearest.kept().entry));
        state.changed(anchor, true);
        return new Ingested(anchor.id, false);
    }

    private String keepable(String text) {
        if (!settings.scrub()) {
            return text;
        }
        PersonalDataScrubber.Scrubbed result = scrubber.scrub(text);
        scrubbed.addAndGet(result.finds());
        return result.text();
    }

    private ObjectPool<PooledAnchor> openPool(int length) {
        if (pool == null) {
            pool = AnchorPool.open(pools, instance, PooledAnchor.allocator(length));
            index = new HyperplaneIndex<>(length);
            dimension = length;
        }
        return pool;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the anchor store " + instance + " is closed");
        }
    }

    private void requireLength(float[] embedding) {
        if (dimension >= 0 && embedding.length != dimension) {
            throw new IllegalArgumentException(
                    "an embedding must have the length of those before, " + dimension + ", was " + embedding.length);
        }
    }

    private @Nullable Nearest nearestFor(float[] unit) {
        if (Vectors.isZero(unit)) {
            return null;
        }
        NearestAnchors best = new NearestAnchors(1);
        visit(unit, best);
        if (best.isEmpty()) {
            return null;
        }
        Similar similar = best.sorted().get(0);
        Kept kept = requireNonNull(anchors.get(similar.anchor()));
        // Rounding must not part equal vectors, however high the threshold is.
        boolean equal = Arrays.equals(kept.anchor.embedding, unit);
        return equal || similar.similarity() >= settings.consolidation()
                ? new Nearest(kept, similar.similarity())
                : null;
    }

    private void visit(float[] unit, NearestAnchors best) {
        requireNonNull(index).candidates(unit, entry -> {
            compared++;
            best.offer(entry.of().anchor.id, Vectors.cosine(unit, entry.vector()), entry.vector(), unit);
        });
    }

    @Override
    public Optional<Anchor> find(AnchorId id) {
        lock.lock();
        try {
            return Optional.ofNullable(anchors.get(id)).map(kept -> kept.anchor.copy());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Similar> nearest(float[] embedding, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        float[] unit = Vectors.unit(embedding, "nearest");
        lock.lock();
        try {
            requireLength(unit);
            if (index == null || index.size() == 0 || Vectors.isZero(unit)) {
                return List.of();
            }
            NearestAnchors best = new NearestAnchors(Math.min(limit, index.size()));
            visit(unit, best);
            if (best.isFullOf(HyperplaneIndex.RELIABLE)) {
                return best.sorted();
            }
            // What is far is not what the index is good at.
            NearestAnchors all = new NearestAnchors(Math.min(limit, index.size()));
            for (Entry<Kept> entry : index.entries()) {
                compared++;
                all.offer(entry.of().anchor.id, Vectors.cosine(unit, entry.vector()), entry.vector(), unit);
            }
            return all.sorted();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return anchors.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Anchor> anchors() {
        lock.lock();
        try {
            return anchors.values().stream().map(kept -> kept.anchor.copy()).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<AnchorId> changedSince(Instant time) {
        lock.lock();
        try {
            TreeSet<AnchorId> changed = new TreeSet<>(tombstones.after(time));
            for (Kept kept : anchors.values()) {
                if (kept.anchor.lastSeen.isAfter(time)) {
                    changed.add(kept.anchor.id);
                }
            }
            return List.copyOf(changed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int decay() {
        lock.lock();
        try {
            requireOpen();
            Instant now = clock.instant();
            int changed = 0;
            for (Kept kept : anchors.values()) {
                if (kept.anchor.decay(now, settings)) {
                    changed++;
                    state.changed(kept.anchor, false);
                }
            }
            return changed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<AnchorId> evict() {
        List<PooledAnchor> gone = new ArrayList<>();
        List<AnchorId> ids = new ArrayList<>();
        ObjectPool<PooledAnchor> open;
        lock.lock();
        try {
            requireOpen();
            open = pool;
            Instant now = clock.instant();
            tombstones.forgetBefore(now, settings.maxAge());
            for (Kept kept : List.copyOf(anchors.values())) {
                PooledAnchor anchor = kept.anchor;
                boolean old = Duration.between(anchor.firstSeen, now).compareTo(settings.maxAge()) > 0;
                if (old || anchor.heat < settings.evictionHeat()) {
                    remove(kept, now);
                    ids.add(anchor.id);
                    gone.add(anchor);
                }
            }
        } finally {
            lock.unlock();
        }
        gone.forEach(anchor -> requireNonNull(open).release(anchor));
        return List.copyOf(ids);
    }

    private void remove(Kept kept, Instant now) {
        evicted++;
        changes++;
        anchors.remove(kept.anchor.id);
        if (kept.entry != null) {
            requireNonNull(index).remove(kept.entry);
        }
        tombstones.add(kept.anchor.id, now);
        state.removed(kept.anchor);
    }

    @Override
    public List<Cluster> clusters(double similarity) {
        lock.lock();
        try {
            if (index == null) {
                return List.of();
            }
            return Clusters.of(
                    index, similarity, kept -> kept.anchor.id, kept -> kept.anchor.heat, count -> compared += count);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Stability stability() {
        lock.lock();
        try {
            int count = anchors.size();
            Instant now = clock.instant();
            double heat = 0;
            double drift = 0;
            Duration age = Duration.ZERO;
            for (Kept kept : anchors.values()) {
                heat += kept.anchor.heat;
                drift += kept.anchor.drift;
                age = age.plus(Duration.between(kept.anchor.firstSeen, now));
            }
            int divisor = Math.max(1, count);
            double churn = created == 0 ? 0 : (double) evicted / created;
            return new Stability(count, age.dividedBy(divisor), heat / divisor, drift / divisor, churn);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RevisionDelta commit() {
        lock.lock();
        try {
            requireOpen();
            return state.commit();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TrackedState state() {
        return state.tracked();
    }

    @Override
    public AnchorMetrics metrics() {
        lock.lock();
        try {
            return new AnchorMetrics(
                    ingested,
                    created,
                    reinforced,
                    evicted,
                    anchors.size(),
                    compared,
                    scrubbed.get(),
                    state.tracked().revision());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reconfigure(MemoryAnchorsSettings newSettings) {
        lock.lock();
        try {
            requireOpen();
            settings = newSettings;
            if (state.trackEmbeddings(newSettings.trackEmbeddings())) {
                anchors.values().forEach(kept -> state.changed(kept.anchor, true));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<PooledAnchor> held;
        ObjectPool<PooledAnchor> open;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            open = pool;
            held = anchors.values().stream().map(kept -> kept.anchor).toList();
            anchors.clear();
            index = null;
        } finally {
            lock.unlock();
        }
        state.close();
        if (open != null) {
            held.forEach(open::release);
            open.close();
        }
    }
}

package dev.geotherm.anchors.store;

import dev.geotherm.anchors.scrub.PersonalDataScrubber;
import dev.geotherm.anchors.store.AnchorTable.Nearest;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorMetrics;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An anchor store in memory: anchors come from a pool, the nearest one is found by random hyperplanes.
 *
 * <p>One lock guards everything. Scrubbing, checks, and the pool's allocations and resets run outside of it. Ids are
 * {@code a-1}, {@code a-2}, … in the order of creation, so ingestion by one thread always gives the same state.
 */
final class MemoryAnchors implements AnchorStore, Reconfigurable<MemoryAnchorsSettings> {
    private final Clock clock;
    private final ObjectPools pools;
    private final String instance;
    private final PersonalDataScrubber scrubber = new PersonalDataScrubber();
    private final AtomicLong scrubbed = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final AnchorTable anchors = new AnchorTable();
    private final AnchorStateWriter state;
    private final AnchorLifecycle lifecycle;
    private volatile MemoryAnchorsSettings settings;
    private @Nullable ObjectPool<PooledAnchor> pool;
    private boolean closed;

    private long ingested;
    private long created;
    private long reinforced;

    /**
     * Creates a store; the first ingested fragment opens its pool, because only then the length of embeddings is known.
     *
     * @param context provides the clock, the pools and the differ
     */
    MemoryAnchors(MemoryAnchorsSettings settings, ComponentContext context) {
        this.settings = settings;
        clock = context.clock();
        instance = context.instance();
        pools = context.component(ObjectPools.class);
        state = new AnchorStateWriter(context.component(StateDiffer.class), settings.trackEmbeddings());
        lifecycle = new AnchorLifecycle(anchors, state);
    }

    private <R> R locked(Supplier<R> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private <R> R whileOpen(Supplier<R> step) {
        return locked(() -> {
            requireOpen();
            return step.get();
        });
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

    @Override
    public Ingested ingest(Fragment<String> fragment, float[] embedding) {
        float[] unit = VectorMath.unit(embedding, "fragment " + fragment.id());
        String text = scrub(fragment.content()).text();
        long seen;
        ObjectPool<PooledAnchor> open;
        lock.lock();
        try {
            requireOpen();
            anchors.requireLength(unit);
            open = openPool(unit.length);
            Nearest nearest = anchors.nearestOf(unit, settings.consolidation());
            if (nearest != null) {
                return reinforce(nearest, fragment, unit);
            }
            seen = anchors.changes();
        } finally {
            lock.unlock();
        }
        return create(open, seen, fragment, text, unit);
    }

    private ObjectPool<PooledAnchor> openPool(int length) {
        if (pool == null) {
            pool = AnchorPool.open(pools, instance, PooledAnchor.allocatorOf(length));
            anchors.open(length);
        }
        return pool;
    }

    private Ingested create(
            ObjectPool<PooledAnchor> open, long seen, Fragment<String> fragment, String text, float[] unit) {
        // Outside of the lock: an exhausted pool may wait for an eviction.
        PooledAnchor fresh = open.acquire();
        boolean used = false;
        try {
            lock.lock();
            try {
                requireOpen();
                Nearest nearest = anchors.changes() == seen ? null : anchors.nearestOf(unit, settings.consolidation());
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
        AnchorId id = new AnchorId("a-" + created);
        fresh.begin(id, fragment, text, unit, clock.instant(), settings);
        anchors.add(fresh);
        lifecycle.created(fresh);
        state.changed(fresh, true);
        return new Ingested(id, true);
    }

    private Ingested reinforce(Nearest nearest, Fragment<String> fragment, float[] unit) {
        ingested++;
        reinforced++;
        PooledAnchor anchor = nearest.anchor();
        anchor.reinforce(fragment.id(), unit, nearest.similarity(), clock.instant(), settings);
        anchors.moved(anchor);
        state.changed(anchor, true);
        return new Ingested(anchor.id(), false);
    }

    @Override
    public Optional<Anchor> find(AnchorId id) {
        return locked(() -> Optional.ofNullable(anchors.find(id)).map(PooledAnchor::copy));
    }

    @Override
    public List<Similar> nearest(float[] embedding, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        float[] unit = VectorMath.unit(embedding, "nearest");
        return locked(() -> {
            anchors.requireLength(unit);
            return anchors.nearest(unit, limit);
        });
    }

    @Override
    public int size() {
        return locked(anchors::size);
    }

    @Override
    public List<Anchor> anchors() {
        return locked(() -> anchors.all().stream().map(PooledAnchor::copy).toList());
    }

    @Override
    public List<AnchorId> changedSince(Instant time) {
        return locked(() -> {
            TreeSet<AnchorId> changed = new TreeSet<>(lifecycle.evictedAfter(time));
            for (PooledAnchor anchor : anchors.all()) {
                if (anchor.lastSeen().isAfter(time)) {
                    changed.add(anchor.id());
                }
            }
            return List.copyOf(changed);
        });
    }

    @Override
    public int decay() {
        return whileOpen(() -> lifecycle.decay(clock.instant(), settings));
    }

    @Override
    public List<AnchorId> evict() {
        List<PooledAnchor> gone;
        List<AnchorId> ids;
        ObjectPool<PooledAnchor> open;
        lock.lock();
        try {
            requireOpen();
            open = pool;
            gone = lifecycle.evict(clock.instant(), settings);
            // Before the release: another thread may acquire them and give them other ids.
            ids = gone.stream().map(PooledAnchor::id).toList();
        } finally {
            lock.unlock();
        }
        if (open != null) {
            gone.forEach(open::release);
        }
        return ids;
    }

    @Override
    public List<Cluster> clusters(double similarity) {
        return locked(() -> anchors.clusters(similarity));
    }

    @Override
    public Stability stability() {
        return locked(() -> {
            int count = anchors.size();
            Instant now = clock.instant();
            double heat = 0;
            double drift = 0;
            Duration age = Duration.ZERO;
            for (PooledAnchor anchor : anchors.all()) {
                heat += anchor.heat();
                drift += anchor.drift();
                age = age.plus(Duration.between(anchor.firstSeen(), now));
            }
            int divisor = Math.max(1, count);
            double churn = created == 0 ? 0 : (double) lifecycle.evicted() / created;
            return new Stability(count, age.dividedBy(divisor), heat / divisor, drift / divisor, churn);
        });
    }

    @Override
    public RevisionDelta commit() {
        return whileOpen(state::commit);
    }

    @Override
    public TrackedState state() {
        return state.tracked();
    }

    @Override
    public AnchorMetrics metrics() {
        return locked(() -> new AnchorMetrics(
                ingested,
                created,
                reinforced,
                lifecycle.evicted(),
                anchors.size(),
                anchors.comparisons(),
                scrubbed.get(),
                state.tracked().revision()));
    }

    @Override
    public void reconfigure(MemoryAnchorsSettings newSettings) {
        lock.lock();
        try {
            requireOpen();
            settings = newSettings;
            if (state.trackEmbeddings(newSettings.trackEmbeddings())) {
                anchors.all().forEach(anchor -> state.changed(anchor, true));
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
            held = List.copyOf(anchors.all());
            anchors.clear();
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

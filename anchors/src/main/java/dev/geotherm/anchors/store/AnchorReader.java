package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore.Similar;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Stability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lookups of a store. They take the store's lock. */
final class AnchorReader {
    /** The number of anchors to copy before releasing the lock for other threads. */
    private static final int COPIED_AT_ONCE = 256;

    private final Object lock;
    private final Supplier<@Nullable AnchorTable> tables;

    /**
     * Creates a reader.
     *
     * @param tables the supplier of the current table, or null before the first passage; called under the lock
     */
    AnchorReader(Object lock, Supplier<@Nullable AnchorTable> tables) {
        this.lock = lock;
        this.tables = tables;
    }

    int size() {
        synchronized (lock) {
            AnchorTable table = tables.get();
            return table == null ? 0 : table.size();
        }
    }

    Optional<AnchorId> anchorOf(String passage) {
        synchronized (lock) {
            AnchorTable table = tables.get();
            PooledAnchor anchor = table == null ? null : table.anchorOfIdOrNull(passage);
            return anchor == null ? Optional.empty() : Optional.of(anchor.id());
        }
    }

    Optional<Anchor> find(AnchorId id, long now) {
        List<Anchor> found = new ArrayList<>(1);
        copy(List.of(id), now, found);
        return found.stream().findFirst();
    }

    List<Similar> nearest(float[] embedding, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        float[] unit = VectorMath.unit(embedding, "nearest");
        synchronized (lock) {
            AnchorTable table = tables.get();
            if (table == null) {
                return List.of();
            }
            table.requireLength(unit.length);
            return table.nearest(unit, table.graph.rows.sketch(unit), limit);
        }
    }

    /**
     * Returns copies of all anchors, ordered by id. The lock is released from time to time, so other threads can change the
     * store meanwhile.
     */
    List<Anchor> anchors(long now) {
        List<AnchorId> ids;
        synchronized (lock) {
            ids = new ArrayList<>(size());
            AnchorTable table = tables.get();
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
            AnchorTable table = tables.get();
            for (AnchorId id : ids) {
                PooledAnchor anchor = table == null ? null : table.find(id);
                if (table != null && anchor != null) {
                    copies.add(anchor.copy(table.graph, now, table.settings()));
                }
            }
        }
    }

    List<Cluster> clusters(double similarity, long now) {
        synchronized (lock) {
            AnchorTable table = tables.get();
            return table == null ? List.of() : table.clusters(similarity, now);
        }
    }

    Stability stability(long now) {
        synchronized (lock) {
            AnchorTable table = tables.get();
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
            double churn = table.created() == 0 ? 0 : (double) table.eviction.evicted() / table.created();
            return new Stability(
                    count, Duration.ofNanos(Math.round(age / divisor)), heat / divisor, drift / divisor, churn);
        }
    }
}

package dev.geotherm.anchors.store;

import static java.util.Objects.requireNonNull;

import dev.geotherm.anchors.vector.HyperplaneIndex;
import dev.geotherm.anchors.vector.HyperplaneIndex.Entry;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore.Similar;
import dev.geotherm.api.anchor.Cluster;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lookup table of a store: its anchors by id and, except for all-zero ones, by embedding.
 *
 * <p>Guarded by the store's lock.
 */
final class AnchorTable {
    private final TreeMap<AnchorId, PooledAnchor> anchors = new TreeMap<>();
    private @Nullable HyperplaneIndex<PooledAnchor> index;
    private int dimension = -1;
    private long changes;
    private long comparisons;
    private @Nullable Clustering clustering;

    /** The nearest anchor and its cosine. */
    record Nearest(PooledAnchor anchor, double similarity) {}

    /** The clusters of one similarity, valid until the next change. */
    private record Clustering(double similarity, long changes, List<Cluster> clusters) {}

    /** Fixes the length of embeddings; called with the first one. */
    void open(int length) {
        index = new HyperplaneIndex<>(length);
        dimension = length;
    }

    void requireLength(float[] embedding) {
        if (dimension >= 0 && embedding.length != dimension) {
            throw new IllegalArgumentException(
                    "an embedding must have the length of earlier ones, " + dimension + ", was " + embedding.length);
        }
    }

    /** Returns the number of changes; while it stays the same, a lookup need not be repeated. */
    long changes() {
        return changes;
    }

    /** Counts a change that the table does not make itself, such as a decay. */
    void changed() {
        changes++;
    }

    /** Returns the number of cosines computed. */
    long comparisons() {
        return comparisons;
    }

    int size() {
        return anchors.size();
    }

    /** Returns the anchors, ordered by id. */
    Collection<PooledAnchor> all() {
        return Collections.unmodifiableCollection(anchors.values());
    }

    @Nullable
    PooledAnchor find(AnchorId id) {
        return anchors.get(id);
    }

    void add(PooledAnchor anchor) {
        changes++;
        anchors.put(anchor.id(), anchor);
        if (!anchor.isZero()) {
            requireNonNull(index).add(anchor.entry());
        }
    }

    void moved(PooledAnchor anchor) {
        changes++;
        requireNonNull(index).moved(anchor.entry());
    }

    void remove(PooledAnchor anchor) {
        changes++;
        anchors.remove(anchor.id());
        if (!anchor.isZero()) {
            requireNonNull(index).remove(anchor.entry());
        }
    }

    void clear() {
        changes++;
        clustering = null;
        anchors.clear();
        index = null;
    }

    /** Returns the nearest anchor if its cosine is at least the consolidation threshold, otherwise null. */
    @Nullable
    Nearest nearestOf(float[] unit, double consolidation) {
        if (VectorMath.isZero(unit)) {
            return null;
        }
        NearestAnchors best = new NearestAnchors(1);
        visit(unit, best);
        if (best.isEmpty()) {
            return null;
        }
        Similar similar = best.sorted().get(0);
        PooledAnchor anchor = requireNonNull(anchors.get(similar.anchor()));
        // Equal vectors match whatever the threshold: rounding may put their cosine below 1.
        boolean equal = Arrays.equals(anchor.embedding(), unit);
        return equal || similar.similarity() >= consolidation ? new Nearest(anchor, similar.similarity()) : null;
    }

    private void visit(float[] unit, NearestAnchors best) {
        requireNonNull(index).candidates(unit, entry -> compare(unit, entry, best));
    }

    private void compare(float[] unit, Entry<PooledAnchor> entry, NearestAnchors best) {
        comparisons++;
        best.offer(entry.of().id(), VectorMath.cosine(unit, entry.vector()), entry.vector(), unit);
    }

    /** Returns the most similar anchors, best first. */
    List<Similar> nearest(float[] unit, int limit) {
        if (index == null || index.size() == 0 || VectorMath.isZero(unit)) {
            return List.of();
        }
        NearestAnchors best = new NearestAnchors(Math.min(limit, index.size()));
        visit(unit, best);
        if (best.isFullOf(HyperplaneIndex.RELIABLE)) {
            return best.sorted();
        }
        // The index misses too many distant anchors: compare all.
        NearestAnchors all = new NearestAnchors(Math.min(limit, index.size()));
        index.entries().forEach(entry -> compare(unit, entry, all));
        return all.sorted();
    }

    List<Cluster> clusters(double similarity) {
        if (index == null) {
            return List.of();
        }
        Clustering known = clustering;
        if (known == null || known.changes() != changes || known.similarity() != similarity) {
            known = new Clustering(similarity, changes, ClusterFinder.find(index, similarity, this::count));
            clustering = known;
        }
        return known.clusters();
    }

    private void count(int more) {
        comparisons += more;
    }
}

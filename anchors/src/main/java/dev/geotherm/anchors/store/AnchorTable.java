package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.anchors.vector.HyperplaneIndex;

import static java.util.Objects.requireNonNull;

import dev.geotherm.anchors.vector.HyperplaneIndex.Entry;
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
 * The anchors of a store by their ids and, but for all-zero ones, by where they stand: what every look-up reads.
 *
 * <p>Guarded by the store's lock.
 */
final class AnchorTable {
    private final TreeMap<AnchorId, PooledAnchor> anchors = new TreeMap<>();
    private @Nullable HyperplaneIndex<PooledAnchor> index;
    private int dimension = -1;
    private long changes;
    private long compared;

    /** The nearest anchor and its cosine. */
    record Nearest(PooledAnchor anchor, double similarity) {}

    /** Fixes the length of embeddings, at the first of them. */
    void open(int length) {
        index = new HyperplaneIndex<>(length);
        dimension = length;
    }

    void requireLength(float[] embedding) {
        if (dimension >= 0 && embedding.length != dimension) {
            throw new IllegalArgumentException(
                    "an embedding must have the length of those before, " + dimension + ", was " + embedding.length);
        }
    }

    /** Grows with each change to what can be found, so that a look-up need not be repeated where nothing changed. */
    long changes() {
        return changes;
    }

    /** Returns how many cosines were computed. */
    long compared() {
        return compared;
    }

    int size() {
        return anchors.size();
    }

    /** Returns the anchors, in the order of ids. */
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
        anchors.clear();
        index = null;
    }

    /** Returns the nearest anchor if it is as similar as asked for, or nothing. */
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
        // Rounding must not part equal vectors, however high the threshold is.
        boolean equal = Arrays.equals(anchor.embedding(), unit);
        return equal || similar.similarity() >= consolidation ? new Nearest(anchor, similar.similarity()) : null;
    }

    private void visit(float[] unit, NearestAnchors best) {
        requireNonNull(index).candidates(unit, entry -> compare(unit, entry, best));
    }

    private void compare(float[] unit, Entry<PooledAnchor> entry, NearestAnchors best) {
        compared++;
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
        // What is far is not what the index is good at.
        NearestAnchors all = new NearestAnchors(Math.min(limit, index.size()));
        index.entries().forEach(entry -> compare(unit, entry, all));
        return all.sorted();
    }

    List<Cluster> clusters(double similarity) {
        return index == null
                ? List.of()
                : ClusterFinder.of(index, similarity, MutableAnchor::id, MutableAnchor::heat, count -> compared += count);
    }
}

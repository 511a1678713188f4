package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.HyperplaneIndex;
import dev.geotherm.anchors.vector.HyperplaneIndex.Entry;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.Cluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Single-linkage clustering by union-find: each anchor is joined with its neighbours, and through them with theirs.
 *
 * <p>The index finds the neighbours if the similarity is one that it finds reliably. Below that, every pair is compared
 * unless the two are joined already, which at low similarities most are.
 */
final class ClusterFinder {
    private static final Comparator<Cluster> LARGEST_FIRST = Comparator.comparingInt(
                    (Cluster cluster) -> cluster.members().size())
            .reversed()
            .thenComparing(cluster -> cluster.members().get(0));

    private final int[] parents;

    private ClusterFinder(int size) {
        parents = new int[size];
        for (int i = 0; i < size; i++) {
            parents[i] = i;
        }
    }

    /**
     * Returns the clusters of at least two anchors, largest first, equally large ones ordered by their first ids.
     *
     * @param comparisons receives the numbers of cosines computed
     */
    static List<Cluster> find(HyperplaneIndex<PooledAnchor> index, double similarity, IntConsumer comparisons) {
        ClusterFinder finder = new ClusterFinder(index.size());
        for (Entry<PooledAnchor> entry : index.entries()) {
            int[] count = new int[1];
            if (similarity >= HyperplaneIndex.RELIABLE) {
                index.candidates(entry.vector(), other -> count[0] += finder.compare(entry, other, similarity));
            } else {
                index.entries().forEach(other -> count[0] += finder.compare(entry, other, similarity));
            }
            comparisons.accept(count[0]);
        }
        return finder.groups(index.entries()).stream()
                .filter(group -> group.size() > 1)
                .map(ClusterFinder::cluster)
                .sorted(LARGEST_FIRST)
                .toList();
    }

    /** Joins two anchors if they are similar; returns the number of cosines computed. */
    private int compare(Entry<PooledAnchor> entry, Entry<PooledAnchor> other, double similarity) {
        if (other.place() <= entry.place() || root(entry.place()) == root(other.place())) {
            return 0; // the pair is compared from its other side, or joined already
        }
        if (VectorMath.cosine(entry.vector(), other.vector()) >= similarity) {
            parents[root(entry.place())] = root(other.place());
        }
        return 1;
    }

    private int root(int place) {
        int at = place;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    private Collection<List<PooledAnchor>> groups(List<Entry<PooledAnchor>> entries) {
        Map<Integer, List<PooledAnchor>> groups = new HashMap<>();
        for (Entry<PooledAnchor> entry : entries) {
            groups.computeIfAbsent(root(entry.place()), root -> new ArrayList<>())
                    .add(entry.of());
        }
        return groups.values();
    }

    private static Cluster cluster(List<PooledAnchor> group) {
        List<PooledAnchor> members =
                group.stream().sorted(Comparator.comparing(PooledAnchor::id)).toList();
        return new Cluster(
                members.stream().map(PooledAnchor::id).toList(),
                members.stream().mapToDouble(PooledAnchor::heat).average().orElse(0));
    }
}

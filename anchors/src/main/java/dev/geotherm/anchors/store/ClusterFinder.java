package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.RelatedRows;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Cluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Single-linkage clustering by union-find: each anchor is joined with its neighbours and, through them, with their
 * neighbours.
 *
 * <p>Every pair is compared by signs. A pair with few differences is then compared by cosine, unless already joined.
 */
final class ClusterFinder {
    private static final Comparator<Cluster> LARGEST_FIRST = Comparator.comparingInt(
                    (Cluster cluster) -> cluster.members().size())
            .reversed()
            .thenComparing(cluster -> cluster.members().get(0));

    private final AnchorGraph graph;
    private final List<PooledAnchor> anchors;
    private final int[] parents;

    private ClusterFinder(AnchorGraph graph, List<PooledAnchor> anchors) {
        this.graph = graph;
        this.anchors = anchors;
        parents = new int[anchors.size()];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = i;
        }
    }

    /** Returns the groups of at least two anchors. */
    static List<List<PooledAnchor>> find(AnchorGraph graph, List<PooledAnchor> anchors, double similarity) {
        ClusterFinder finder = new ClusterFinder(graph, anchors);
        finder.joinAll(similarity);
        return finder.groups().stream().filter(group -> group.size() > 1).toList();
    }

    private void joinAll(double similarity) {
        int limit = RelatedRows.limit(similarity, parents.length);
        for (int i = 0; i < parents.length; i++) {
            int row = anchors.get(i).leader().row;
            for (int j = 0; j < i; j++) {
                int other = anchors.get(j).leader().row;
                if (graph.rows.distance(row, other) <= limit && root(i) != root(j)) {
                    graph.countComparisons(1);
                    if (graph.rows.cosine(row, other) >= similarity) {
                        parents[root(i)] = root(j);
                    }
                }
            }
        }
    }

    private int root(int place) {
        int at = place;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    private Collection<List<PooledAnchor>> groups() {
        Map<Integer, List<PooledAnchor>> groups = new HashMap<>();
        for (int i = 0; i < parents.length; i++) {
            groups.computeIfAbsent(root(i), root -> new ArrayList<>()).add(anchors.get(i));
        }
        return groups.values();
    }

    /** Returns the clusters of the given groups, largest first; equally large ones are ordered by their first ids. */
    static List<Cluster> clusters(List<List<PooledAnchor>> groups, long now, MemoryAnchorsSettings settings) {
        return groups.stream()
                .map(group -> cluster(group, now, settings))
                .sorted(LARGEST_FIRST)
                .toList();
    }

    private static Cluster cluster(List<PooledAnchor> group, long now, MemoryAnchorsSettings settings) {
        List<PooledAnchor> sorted =
                group.stream().sorted(Comparator.comparing(PooledAnchor::id)).toList();
        double heat = 0;
        for (PooledAnchor anchor : sorted) {
            heat += anchor.heat(now, settings);
        }
        List<AnchorId> members = sorted.stream().map(PooledAnchor::id).toList();
        return new Cluster(members, heat / sorted.size());
    }
}

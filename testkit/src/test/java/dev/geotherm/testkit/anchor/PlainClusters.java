package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Cluster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The clusters of a {@link PlainStore}.
 *
 * @param ties the order of clusters of one size, by their first ids
 */
record PlainClusters(StoreFault fault, Comparator<AnchorId> ties) {

    /** Returns the clusters of anchors. */
    List<Cluster> find(Collection<PlainAnchor> anchors, double similarity, ToDoubleFunction<PlainAnchor> heat) {
        List<PlainAnchor> left = new ArrayList<>(anchors);
        left.removeIf(anchor -> PlainVectors.isZero(anchor.leader.unit));
        List<Cluster> clusters = new ArrayList<>();
        while (!left.isEmpty()) {
            List<PlainAnchor> group = groupOf(left.remove(0), left, similarity);
            if (group.size() > 1) {
                clusters.add(new Cluster(
                        group.stream().map(PlainAnchor::id).sorted().toList(),
                        group.stream().mapToDouble(heat).average().orElseThrow()));
            }
        }
        clusters.sort(
                Comparator.comparingInt((Cluster cluster) -> -cluster.members().size())
                        .thenComparing(cluster -> cluster.members().get(0), ties));
        return clusters;
    }

    private List<PlainAnchor> groupOf(PlainAnchor first, List<PlainAnchor> left, double similarity) {
        List<PlainAnchor> group = new ArrayList<>();
        Deque<PlainAnchor> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            PlainAnchor anchor = open.poll();
            group.add(anchor);
            if (anchor == first || fault != StoreFault.GROUPS_ARE_DIRECT_ONLY) {
                left.stream()
                        .filter(other -> PlainVectors.cosine(anchor.leader.unit, other.leader.unit) >= similarity)
                        .forEach(open::add);
                left.removeAll(open);
            }
        }
        return group;
    }
}

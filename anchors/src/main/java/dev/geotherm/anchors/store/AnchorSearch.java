package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.Sketch;
import dev.geotherm.api.anchor.AnchorStore.Similar;
import dev.geotherm.api.anchor.Cluster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A search for the anchors nearest to a vector and for clusters. Guarded by the store's lock. */
final class AnchorSearch {
    private final AnchorGraph graph;
    private final AnchorDirectory anchors;
    private @Nullable Groups groups;

    AnchorSearch(AnchorGraph graph, AnchorDirectory anchors) {
        this.graph = graph;
        this.anchors = anchors;
    }

    /** The groups for one similarity, valid until an anchor begins or ends. */
    private record Groups(double similarity, long changes, List<List<PooledAnchor>> groups) {}

    /** Returns the anchors with the leaders most similar to a unit vector, best first. */
    List<Similar> nearest(float[] unit, Sketch sketch, int limit) {
        int row = graph.rows.stage(unit, sketch);
        if (graph.vectors() == 0 || graph.rows.isZero(row)) {
            return List.of();
        }
        NearestAnchors best = new NearestAnchors(Math.min(limit, anchors.size()));
        int equal = graph.rows.find(unit, sketch);
        int count = graph.leaders().find(row);
        for (int i = 0; i < count; i++) {
            offer(best, row, equal, graph.leaders().found()[i]);
        }
        if (best.isFullOf(graph.consolidation())) {
            return best.sorted();
        }
        // The index misses too many distant leaders, so compare all.
        NearestAnchors all = new NearestAnchors(Math.min(limit, anchors.size()));
        for (PooledAnchor anchor : anchors.all()) {
            if (!graph.rows.isZero(anchor.leader().row)) {
                offer(all, row, equal, anchor.leader().row);
            }
        }
        return all.sorted();
    }

    private void offer(NearestAnchors best, int row, int equal, int leader) {
        graph.countComparisons(1);
        // The cosine of equal vectors is 1, without rounding.
        best.offer(anchors.at(leader).id(), leader == equal ? 1 : graph.rows.cosine(row, leader));
    }

    /**
     * Returns the clusters for a similarity. Their members are cached until the anchors change.
     *
     * @param changes the number of anchors begun or ended so far
     */
    List<Cluster> clusters(double similarity, long changes, long now, MemoryAnchorsSettings settings) {
        Groups known = groups;
        if (known == null || known.similarity() != similarity || known.changes() != changes) {
            List<PooledAnchor> withVectors = anchors.all().stream()
                    .filter(anchor -> !graph.rows.isZero(anchor.leader().row))
                    .toList();
            known = new Groups(similarity, changes, ClusterFinder.find(graph, withVectors, similarity));
            groups = known;
        }
        return ClusterFinder.clusters(known.groups(), now, settings);
    }
}

package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.RelatedRows;
import java.util.Arrays;

/**
 * The planner of the whole graph for a new relation, after a change of the number of bits or of the consolidation threshold.
 * It decides all vertices in the order of priority, then finds the owner of each follower.
 *
 * <p>It only plans; {@link AnchorTable} applies the plan. Guarded by the store's lock.
 */
final class GreedyLeaders {
    private final AnchorGraph graph;
    private final double consolidation;
    private final RelatedRows leaders;
    private final GraphChange change;

    private GreedyLeaders(AnchorGraph graph, int bits, double consolidation) {
        this.graph = graph;
        this.consolidation = consolidation;
        leaders = new RelatedRows(graph.rows, bits, consolidation);
        change = new GraphChange(graph.changes(), bits, consolidation);
    }

    static GraphChange plan(AnchorGraph graph, int bits, double consolidation) {
        GreedyLeaders greedy = new GreedyLeaders(graph, bits, consolidation);
        greedy.plan(graph.heads());
        return greedy.change;
    }

    private void plan(StoredPassage[] heads) {
        Arrays.sort(heads);
        boolean[] leads = new boolean[graph.rows.bound()];
        for (StoredPassage head : heads) {
            leads[head.row] = best(head.row) == AnchorGraph.NONE;
            if (leads[head.row]) {
                leaders.add(head.row);
            }
        }
        for (StoredPassage head : heads) {
            int row = head.row;
            boolean ended = graph.isLeader(row) && !leads[row];
            if (ended) {
                change.demoted.add(row);
            }
            if (leads[row]) {
                if (!graph.isLeader(row)) {
                    change.promoted.add(row);
                    change.move(row, row, 1);
                }
            } else {
                int owner = best(row);
                if (owner != graph.owner(row)) {
                    change.move(row, owner, cosine(row, owner));
                }
            }
        }
    }

    private float cosine(int row, int owner) {
        return graph.rows.cosine(row, owner);
    }

    /**
     * Returns the adjacent leader with the highest cosine, or -1; of equally near leaders, the one with the best priority.
     */
    private int best(int row) {
        int best = AnchorGraph.NONE;
        float bestCosine = -2;
        int count = leaders.find(row);
        for (int i = 0; i < count; i++) {
            int leader = leaders.found()[i];
            float cosine = cosine(row, leader);
            if (cosine >= consolidation
                    && (cosine > bestCosine
                            || (cosine == bestCosine && graph.head(leader).isBefore(graph.head(best))))) {
                best = leader;
                bestCosine = cosine;
            }
        }
        graph.countComparisons(count);
        return best;
    }
}

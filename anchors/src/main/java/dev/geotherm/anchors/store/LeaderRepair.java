package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.RelatedRows;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The planner of local changes of the graph, after one vertex was added, removed or given another priority.
 *
 * <p>The leaders are the greedy maximal independent set in the order of priority, which does not depend on the order of
 * changes. Vertices that a change can affect are decided in the order of priority: a vertex leads if no adjacent leader has
 * a better priority. A leader that ends affects its neighbours of worse priority, and so on. Because priorities are random,
 * the expected number of changed vertices is constant (Censor-Hillel, Haramaty, Karnin, Optimal Dynamic Distributed MIS,
 * PODC 2016).
 *
 * <p>It only plans; {@link AnchorTable} applies the plan. Guarded by the store's lock.
 */
final class LeaderRepair {
    private static final byte PROMOTED = 1;
    private static final byte DEMOTED = 2;
    private static final byte MOVED = 4;

    private final AnchorGraph graph;
    /** By row: the row's change in the plan so far; empty between plans. */
    private byte[] marks = {};
    /** By row: its index in the moved rows, if it is among them. */
    private int[] movedAt = {};

    private final PriorityQueue<StoredPassage> undecided = new PriorityQueue<>();
    private GraphChange change = new GraphChange(-1, AnchorGraph.NONE, null);

    /** The best adjacent leader of the last decided row, or -1. */
    private int best;

    private float bestCosine;
    /** Whether the row has an adjacent leader of better priority. */
    private boolean dominated;
    /** The adjacent leaders of the row. */
    private int[] adjacent = new int[8];

    private int adjacents;

    LeaderRepair(AnchorGraph graph) {
        this.graph = graph;
    }

    /**
     * Plans a change of one row.
     *
     * @param row a staged row to be added, or a row in use
     * @param head the row's first passage after the change, or null to remove the row
     */
    GraphChange plan(int row, @Nullable StoredPassage head) {
        change = new GraphChange(graph.changes(), row, head);
        int bound = Math.max(graph.rows.bound(), row + 1);
        if (marks.length < bound) {
            marks = Arrays.copyOf(marks, Math.max(bound, 2 * marks.length));
            movedAt = Arrays.copyOf(movedAt, marks.length);
        }
        boolean leads = graph.isLeader(row);
        if (graph.rows.isZero(row)) {
            planZero(row, leads);
        } else if (head == null) {
            if (leads) {
                demote(row);
                decide();
                assignOwners();
            }
        } else if (leads) {
            planOtherHead(row, head);
        } else {
            planFollower(row, head);
        }
        clearMarks();
        return change;
    }

    private void planZero(int row, boolean leads) {
        if (leads) {
            change.demoted.add(row);
        }
        if (change.head != null) {
            change.promoted.add(row);
            change.move(row, row, 1);
        }
    }

    private void planOtherHead(int row, StoredPassage head) {
        if (head.isBefore(graph.head(row))) {
            mark(row, DEMOTED);
            change.demoted.add(row);
            promote(row);
        } else {
            demote(row);
            undecided.add(head);
        }
        decide();
        assignOwners();
    }

    private void planFollower(int row, StoredPassage head) {
        search(row, head);
        if (!dominated) {
            promoteAndDemoteNeighbours(row);
            decide();
            assignOwners();
        } else if (graph.owner(row) == AnchorGraph.NONE) {
            change.move(row, best, bestCosine);
        }
    }

    /** Decides the undecided vertices and all vertices that become undecided, best priority first. */
    private void decide() {
        StoredPassage last = null;
        for (StoredPassage next = undecided.poll(); next != null; next = undecided.poll()) {
            if (next == last) {
                continue;
            }
            last = next;
            int row = next == change.head ? change.row : next.row;
            if ((marks[row] & PROMOTED) == 0 && (!graph.isLeader(row) || (marks[row] & DEMOTED) != 0)) {
                search(row, next);
                if (!dominated) {
                    promoteAndDemoteNeighbours(row);
                }
            }
        }
    }

    private void promote(int row) {
        mark(row, PROMOTED);
        change.promoted.add(row);
    }

    /** Makes the row of the last search a leader, and ends the adjacent leaders of worse priority that the search found. */
    private void promoteAndDemoteNeighbours(int row) {
        promote(row);
        for (int i = 0; i < adjacents; i++) {
            demote(adjacent[i]);
        }
    }

    /** Ends a leader. Its adjacent followers can lead now. */
    private void demote(int row) {
        mark(row, DEMOTED);
        change.demoted.add(row);
        RelatedRows followers = graph.followers();
        int count = followers.find(row);
        for (int i = 0; i < count; i++) {
            int follower = followers.found()[i];
            if ((marks[follower] & PROMOTED) == 0 && graph.adjacency(row, follower) >= 0) {
                undecided.add(graph.head(follower));
            }
        }
    }

    /** Finds the leaders planned so far that are adjacent to a row with the given first passage. */
    private void search(int row, StoredPassage head) {
        best = AnchorGraph.NONE;
        bestCosine = -2;
        dominated = false;
        adjacents = 0;
        RelatedRows leaders = graph.leaders();
        int count = leaders.find(row);
        for (int i = 0; i < count; i++) {
            int leader = leaders.found()[i];
            if ((marks[leader] & DEMOTED) == 0) {
                consider(row, head, leader);
            }
        }
        for (int i = 0; i < change.promoted.size(); i++) {
            int leader = change.promoted.get(i);
            if (leader != row && leaders.related(row, leader)) {
                consider(row, head, leader);
            }
        }
    }

    private void consider(int row, StoredPassage head, int leader) {
        float cosine = graph.adjacency(row, leader);
        if (cosine >= 0) {
            if (adjacents == adjacent.length) {
                adjacent = Arrays.copyOf(adjacent, 2 * adjacents);
            }
            adjacent[adjacents++] = leader;
            dominated |= headOf(leader).isBefore(head);
            if (cosine > bestCosine || (cosine == bestCosine && headOf(leader).isBefore(headOf(best)))) {
                best = leader;
                bestCosine = cosine;
            }
        }
    }

    private StoredPassage headOf(int row) {
        return row == change.row && change.head != null ? change.head : graph.head(row);
    }

    /** Finds the owners of all rows that lose their owner, or are closer to a new leader. */
    private void assignOwners() {
        for (int i = 0; i < change.promoted.size(); i++) {
            int row = change.promoted.get(i);
            move(row, row, 1);
        }
        for (int i = 0; i < change.demoted.size(); i++) {
            int leader = change.demoted.get(i);
            int row = leader;
            do {
                boolean removed = row == change.row && change.head == null;
                if (!removed && (marks[row] & PROMOTED) == 0) {
                    search(row, headOf(row));
                    move(row, best, bestCosine);
                }
                row = graph.next(row);
            } while (row != leader);
        }
        for (int i = 0; i < change.promoted.size(); i++) {
            attract(change.promoted.get(i));
        }
    }

    /** Moves the followers of remaining leaders that are closer to a new leader. */
    private void attract(int leader) {
        RelatedRows followers = graph.followers();
        int count = followers.find(leader);
        for (int i = 0; i < count; i++) {
            int row = followers.found()[i];
            if ((marks[row] & PROMOTED) != 0 || row == change.row) {
                continue;
            }
            float cosine = graph.adjacency(leader, row);
            boolean moved = (marks[row] & MOVED) != 0;
            int owner = moved ? change.owner(movedAt[row]) : graph.owner(row);
            float similarity = moved ? change.similarity(movedAt[row]) : graph.similarity(row);
            if (cosine > similarity
                    || (cosine == similarity
                            && owner != leader
                            && headOf(leader).isBefore(headOf(owner)))) {
                move(row, leader, cosine);
            }
        }
    }

    private void move(int row, int owner, float similarity) {
        if ((marks[row] & MOVED) != 0) {
            change.set(movedAt[row], owner, similarity);
        } else {
            mark(row, MOVED);
            movedAt[row] = change.move(row, owner, similarity);
        }
    }

    private void mark(int row, byte what) {
        marks[row] |= what;
    }

    private void clearMarks() {
        clear(change.promoted);
        clear(change.demoted);
        clear(change.moved);
    }

    private void clear(RowList list) {
        for (int i = 0; i < list.size(); i++) {
            marks[list.get(i)] = 0;
        }
    }
}

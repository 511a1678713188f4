package dev.geotherm.anchors.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A planned change of the graph: the change of one row, and all resulting changes of leaders and owners. */
final class GraphChange {
    /** The graph's number of changes at planning time; the plan applies to no other state. */
    final long stamp;
    /** The row to change first, or -1. */
    final int row;
    /** The row's first passage after the change, or null if the row is removed. */
    final @Nullable StoredPassage head;
    /** The rows that become leaders, or stay leaders with another first passage. */
    final RowList promoted = new RowList();
    /** The rows that lead an ending anchor before the change. */
    final RowList demoted = new RowList();
    /** The rows with a new owner, and all rows of ending anchors. */
    final RowList moved = new RowList();

    private int[] owners = new int[4];
    private float[] similarities = new float[4];

    /** The bits and the consolidation threshold of a new relation; no bits if the relation stays. */
    final int bits;

    final double consolidation;

    /** Creates a change that starts from one row. */
    GraphChange(long stamp, int row, @Nullable StoredPassage head) {
        this.stamp = stamp;
        this.row = row;
        this.head = head;
        bits = AnchorGraph.NONE;
        consolidation = 0;
    }

    /** Creates a change to a new relation. */
    GraphChange(long stamp, int bits, double consolidation) {
        this.stamp = stamp;
        this.bits = bits;
        this.consolidation = consolidation;
        row = AnchorGraph.NONE;
        head = null;
    }

    /** Returns whether this is the change that gives a row a first passage, or removes it. */
    boolean isFor(int wanted, @Nullable StoredPassage newHead) {
        return row == wanted && head == newHead;
    }

    /** Returns whether this is the change to a relation. */
    boolean isFor(int wantedBits, double threshold) {
        return bits == wantedBits && consolidation == threshold;
    }

    /** Adds a row with its new owner, and returns the row's index. */
    int move(int moving, int owner, float similarity) {
        int index = moved.size();
        if (index == owners.length) {
            owners = Arrays.copyOf(owners, 2 * index);
            similarities = Arrays.copyOf(similarities, 2 * index);
        }
        moved.add(moving);
        set(index, owner, similarity);
        return index;
    }

    /** Returns whether the row of the change is among the moved rows. */
    boolean movesRow() {
        return moved.size() > 0 && moves(row);
    }

    private boolean moves(int wanted) {
        for (int i = 0; i < moved.size(); i++) {
            if (moved.get(i) == wanted) {
                return true;
            }
        }
        return false;
    }

    void set(int index, int owner, float similarity) {
        owners[index] = owner;
        similarities[index] = similarity;
    }

    int owner(int index) {
        return owners[index];
    }

    float similarity(int index) {
        return similarities[index];
    }
}

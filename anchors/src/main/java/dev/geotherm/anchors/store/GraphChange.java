package dev.geotherm.anchors.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A planned change of the graph: what becomes of one row, and all changes of leaders and owners that follow from it. */
final class GraphChange {
    /** The number of changes of the graph when this one was planned; it applies to no other state. */
    final long stamp;
    /** The row that the change begins with, or -1. */
    final int row;
    /** Its first passage after the change, or null if the row is removed. */
    final @Nullable StoredPassage head;
    /** The rows that become leaders, or stay leaders with another first passage. */
    final RowList promoted = new RowList();
    /** The rows that are leaders before the change; their anchors end. */
    final RowList demoted = new RowList();
    /** The rows with another owner, and all rows of the anchors that end. */
    final RowList moved = new RowList();

    private int[] owners = new int[4];
    private float[] similarities = new float[4];

    /** The bits and the consolidation threshold of another relation; no bits if the relation stays. */
    final int bits;

    final double consolidation;

    /** Creates a change that begins with one row. */
    GraphChange(long stamp, int row, @Nullable StoredPassage head) {
        this.stamp = stamp;
        this.row = row;
        this.head = head;
        bits = AnchorGraph.NONE;
        consolidation = 0;
    }

    /** Creates a change to another relation. */
    GraphChange(long stamp, int bits, double consolidation) {
        this.stamp = stamp;
        this.bits = bits;
        this.consolidation = consolidation;
        row = AnchorGraph.NONE;
        head = null;
    }

    /** Adds a row with its new owner; returns its index. */
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

    /** Returns whether the row of the change is among the moved ones. */
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

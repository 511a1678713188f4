package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.RelatedRows;
import dev.geotherm.anchors.vector.VectorRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The graph of adjacent vectors, with the leaders and the leader of each row.
 *
 * <p>A vertex is a distinct vector with its passages; its priority is the priority of its first passage. Passages with equal
 * vectors have the same neighbours, so the leaders are the same as with one vertex per passage. Leaders and followers have
 * separate indexes, because most searches need only the leaders.
 *
 * <p>Guarded by the store's lock.
 */
final class AnchorGraph {
    /** The owner of a row without a vector. */
    static final int NONE = -1;

    final VectorRows rows;
    private double consolidation;
    private RelatedRows leaders;
    private RelatedRows followers;
    /** By row: the row of its leader, which is itself for a leader. */
    private int[] owners = {};

    private float[] similarities = {};
    private @Nullable StoredPassage[] heads = {};
    /** By row: the next row of the same anchor, in a ring. */
    private int[] nexts = {};

    private int[] previous = {};
    private long changes;
    private long comparisons;
    /** The number of vectors other than zero vectors. */
    private int vectors;

    AnchorGraph(int dimension, double consolidation) {
        rows = new VectorRows(dimension);
        this.consolidation = consolidation;
        leaders = new RelatedRows(rows, 0, consolidation);
        followers = new RelatedRows(rows, 0, consolidation);
    }

    long changes() {
        return changes;
    }

    long comparisons() {
        return comparisons;
    }

    void countComparisons(long more) {
        comparisons += more;
    }

    RelatedRows leaders() {
        return leaders;
    }

    RelatedRows followers() {
        return followers;
    }

    double consolidation() {
        return consolidation;
    }

    int vectors() {
        return vectors;
    }

    boolean isLeader(int row) {
        return row < owners.length && owners[row] == row;
    }

    int owner(int row) {
        return row < owners.length ? owners[row] : NONE;
    }

    float similarity(int row) {
        return similarities[row];
    }

    /** Returns the next row of the same anchor, or the row itself if there is no other. */
    int next(int row) {
        return nexts[row];
    }

    @Nullable
    StoredPassage headOrNull(int row) {
        return row < heads.length ? heads[row] : null;
    }

    StoredPassage head(int row) {
        StoredPassage head = heads[row];
        if (head == null) {
            throw new IllegalStateException("row " + row + " is not in use");
        }
        return head;
    }

    /** Returns the first passages of all rows, except rows with zero vectors. */
    StoredPassage[] heads() {
        StoredPassage[] all = new StoredPassage[vectors];
        int count = 0;
        for (int row = 0; row < rows.bound(); row++) {
            StoredPassage head = headOrNull(row);
            if (head != null && !rows.isZero(row)) {
                all[count++] = head;
            }
        }
        return all;
    }

    /** Returns the cosine of two rows, or -2 if it is too small for them to be adjacent. */
    float adjacency(int a, int b) {
        comparisons++;
        float cosine = rows.cosine(a, b);
        return cosine >= consolidation ? cosine : -2;
    }

    void head(int row, StoredPassage head) {
        heads[row] = head;
    }

    /** Grows the columns to include a row. */
    void reserve(int row) {
        if (row >= owners.length) {
            int old = owners.length;
            int length = Math.max(64, Math.max(row + 1, 2 * old));
            owners = Arrays.copyOf(owners, length);
            Arrays.fill(owners, old, length, NONE);
            similarities = Arrays.copyOf(similarities, length);
            heads = Arrays.copyOf(heads, length);
            nexts = Arrays.copyOf(nexts, length);
            previous = Arrays.copyOf(previous, length);
        }
    }

    /** Adds a staged row with its first passage, still without an owner. */
    void add(int row, StoredPassage head) {
        reserve(row);
        rows.add(row);
        heads[row] = head;
        owners[row] = NONE;
        nexts[row] = row;
        previous[row] = row;
        vectors += rows.isZero(row) ? 0 : 1;
        changes++;
    }

    /** Removes a row, which must have no owner. */
    void remove(int row) {
        vectors -= rows.isZero(row) ? 0 : 1;
        rows.remove(row);
        heads[row] = null;
        changes++;
    }

    /** Detaches a row from its owner, if it has one. */
    void detach(int row) {
        int owner = owner(row);
        if (owner == NONE) {
            return;
        }
        changes++;
        if (!rows.isZero(row)) {
            (owner == row ? leaders : followers).remove(row);
        }
        nexts[previous[row]] = nexts[row];
        previous[nexts[row]] = previous[row];
        nexts[row] = row;
        previous[row] = row;
        owners[row] = NONE;
    }

    /** Attaches a row to an owner. A leader must own itself before it owns other rows. */
    void attach(int row, int owner, float similarity) {
        changes++;
        if (!rows.isZero(row)) {
            (owner == row ? leaders : followers).add(row);
        }
        owners[row] = owner;
        similarities[row] = similarity;
        if (owner != row) {
            previous[row] = owner;
            nexts[row] = nexts[owner];
            previous[nexts[owner]] = row;
            nexts[owner] = row;
        }
    }

    /** Returns whether the relation has the given number of bits and threshold. */
    boolean isRelated(int bits, double threshold) {
        return leaders.bits() == bits && consolidation == threshold;
    }

    /** Counts a change of a row's passages, which happens outside the graph. */
    void changed() {
        changes++;
    }

    /** Replaces the relation and the indexes. Owners stay until they are planned again. */
    void relate(int bits, double newConsolidation) {
        consolidation = newConsolidation;
        leaders = new RelatedRows(rows, bits, newConsolidation);
        followers = new RelatedRows(rows, bits, newConsolidation);
        for (int row = 0; row < owners.length; row++) {
            if (owners[row] != NONE && !rows.isZero(row)) {
                (owners[row] == row ? leaders : followers).add(row);
            }
        }
        changes++;
    }
}
